using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lucitra.Graph.Database;

/// <summary>PostgreSQL's advisory locks, by the hash of a text.</summary>
internal static class PostgresLocks
{
    public static Task TakeAsync(PostgresDbContext db, string key, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({key}, 0))", cancellationToken);

    public static Task ShareAsync(PostgresDbContext db, string key, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared(hashtextextended({key}, 0))", cancellationToken);

    /// <summary>Both statements go together. The second one sees what is committed when it begins, which is after the lock was given.</summary>
    public static async Task<bool> TakeToFindAsync(PostgresDbContext db, string key, FormattableString query, CancellationToken cancellationToken)
    {
        await using var batch = db.NewBatch();
        batch.BatchCommands.Add(CommandOf($"SELECT pg_advisory_xact_lock(hashtextextended({key}, 0))"));
        batch.BatchCommands.Add(CommandOf(query));
        await using var found = await batch.ExecuteReaderAsync(cancellationToken);
        await found.NextResultAsync(cancellationToken);
        return await found.ReadAsync(cancellationToken);
    }

    public static async Task<bool> RunAloneAsync(PostgresDbContext db, string key, Func<Task> work, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            // The lock is the session's, and goes with it when this process is killed.
            if (!await db.Database.SqlQuery<bool>($"""SELECT pg_try_advisory_lock(hashtextextended({key}, 0)) AS "Value" """).SingleAsync(cancellationToken))
                return false;
            try
            {
                await work();
            }
            finally
            {
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock(hashtextextended({key}, 0))", CancellationToken.None);
            }

            return true;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static NpgsqlBatchCommand CommandOf(FormattableString statement)
    {
        var command = new NpgsqlBatchCommand(string.Format(CultureInfo.InvariantCulture, statement.Format, [.. Enumerable.Range(1, statement.ArgumentCount).Select(number => $"${number}")]));
        foreach (var value in statement.GetArguments())
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
