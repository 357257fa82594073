using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Lucitra.Graph.Database;

/// <summary>
/// Lets one process at a time change the schema of a PostgreSQL database. EF's own lock is on a table that two starters on an
/// empty database would first have to make.
/// </summary>
internal static class PostgresSchemaTurn
{
    // Told to other sessions only by its value: no other advisory lock of ours is a pair.
    private const string Lock = """SELECT pg_try_advisory_lock(hashtext('lucitra'), hashtext('schema')) AS "Value" """;
    private const string Unlock = "SELECT pg_advisory_unlock(hashtext('lucitra'), hashtext('schema'))";

    // A statement that waits for an exclusive lock holds up everybody behind it.
    private const string ShortWait = "SET lock_timeout = '3s'";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(PostgresDbContext db, Func<Task> work, CancellationToken cancellationToken)
    {
        await CreateMissingAsync(db, cancellationToken);

        // The lock is the session's, which stays the same while it is open here, and goes with it when this process is killed.
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            var patience = db.Database.GetCommandTimeout();
            db.Database.SetCommandTimeout(0);

            // Asked again and again: who waits in the database for the lock is waited for by an index that is made concurrently.
            while (!await db.Database.SqlQueryRaw<bool>(Lock).SingleAsync(cancellationToken))
                await Task.Delay(_pause, cancellationToken);
            await db.Database.ExecuteSqlRawAsync(ShortWait, cancellationToken);
            await work();
            await db.Database.ExecuteSqlRawAsync($"RESET lock_timeout; {Unlock}", CancellationToken.None);
            db.Database.SetCommandTimeout(patience);
        }
        catch
        {
            // A session in an unknown state goes, and its lock with it.
            NpgsqlConnection.ClearPool((NpgsqlConnection)db.Database.GetDbConnection());
            throw;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task CreateMissingAsync(PostgresDbContext db, CancellationToken cancellationToken)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken))
            return;
        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another starter was first.
        }
    }
}
