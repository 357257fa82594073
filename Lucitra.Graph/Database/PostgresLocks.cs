using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
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
    public static async Task<bool> TakeToFindAsync<T>(PostgresDbContext db, string key, IQueryable<T> query, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))") { Parameters = { new NpgsqlParameter<string> { TypedValue = key } } });
        batch.BatchCommands.Add(CommandOf(query.Take(1)));
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

    private static NpgsqlBatchCommand CommandOf<T>(IQueryable<T> query)
    {
        using var command = query.CreateDbCommand();
        var copy = new NpgsqlBatchCommand(command.CommandText);
        foreach (NpgsqlParameter parameter in command.Parameters)
            copy.Parameters.Add(parameter.Clone());
        return copy;
    }
}
