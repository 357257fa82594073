using Npgsql;

namespace Lucitra.Graph.Database;

/// <summary>
/// Keeps the answers of reads that cost much for as long as PostgreSQL says that nothing was committed since: a reading of one's own
/// would give the same. Nothing is kept on SQLite, which does not say so to those who come and go, and where several
/// servers or a standby may answer. Those who ask at the same time share a reading.
/// </summary>
internal sealed class KeptReads(SharedReads shared, PostgresSessions? sessions = null)
{
    /// <summary>How many bytes of answers are kept, about.</summary>
    public const int Capacity = 8 * 1024 * 1024;

    // Which transactions have ended, as whoever reads now sees it. Numbers never come again, but for a database that was put back
    // to an earlier time, for which it was started. A standby lists no open ones.
    private const string StateSql = """
        SELECT CASE WHEN pg_is_in_recovery() THEN NULL ELSE pg_current_snapshot()::text || ' ' || pg_postmaster_start_time()::text END
        """;

    private readonly Lock _lock = new();
    private readonly Dictionary<Question, object> _answers = [];
    private string? _state;
    private int _size;

    /// <summary>The answer: one that was kept, or that of <paramref name="read"/>.</summary>
    /// <param name="question">All that the answer depends on, besides what is in the database. The time is no part of it.</param>
    /// <param name="read">Reads what is committed. What it gives must not change after.</param>
    /// <param name="sizeOf">How many bytes an answer takes, about.</param>
    /// <param name="cancellationToken">Ends the look at what was committed. <paramref name="read"/> has to heed it, too.</param>
    public Task<T> ReadAsync<T>(Question question, Func<Task<T>> read, Func<T, int> sizeOf, CancellationToken cancellationToken)
        where T : class =>
        shared.ReadAsync(question, () => ReadForAllAsync(question, read, sizeOf, cancellationToken), cancellationToken);

    private async Task<T> ReadForAllAsync<T>(Question question, Func<Task<T>> read, Func<T, int> sizeOf, CancellationToken cancellationToken)
        where T : class
    {
        if (await StateAsync(cancellationToken) is not { } before)
            return await read();
        if (Find(before, question) is T kept)
            return kept;

        var answer = await read();
        var size = question.Size + sizeOf(answer);
        if (size <= Capacity && await StateAsync(cancellationToken) == before)
            Keep(before, question, answer, size);
        return answer;
    }

    /// <summary>What is committed; null where that cannot be told. The read itself meets the fault that kept it from being told.</summary>
    private async Task<string?> StateAsync(CancellationToken cancellationToken)
    {
        if (sessions is not { IsOneServer: true })
            return null;
        try
        {
            await using var state = sessions.Settled.CreateCommand(StateSql);
            return await state.ExecuteScalarAsync(cancellationToken) as string;
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    private object? Find(string state, Question question)
    {
        lock (_lock)
            return state == _state ? _answers.GetValueOrDefault(question) : null;
    }

    private void Keep(string state, Question question, object answer, int size)
    {
        lock (_lock)
        {
            // What was kept of another state will not be asked for again.
            if (state != _state || size > Capacity - _size)
            {
                _answers.Clear();
                (_state, _size) = (state, 0);
            }

            if (_answers.TryAdd(question, answer))
                _size += size;
        }
    }
}
