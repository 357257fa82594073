using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Startup;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lucitra.Graph.Database;

/// <summary>Brings a database to this program's schema, while programs of the release before serve on it.</summary>
internal sealed partial class SchemaMigration(IDbContextFactory<LucitraDbContext> contexts, TimeProvider clock, ILogger<SchemaMigration> logger)
{
    private const int Attempts = 20;

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <summary>Applies what is missing, creating the database where it is missing, and names it.</summary>
    /// <param name="contract">Also what takes something from the release before. A new database gets it in any case.</param>
    /// <param name="restored">The database was restored from a backup: what clients saw after that counts as before what is to come.</param>
    /// <param name="cancellationToken">Ends the work between two migrations, or undoes the one that is being applied.</param>
    public async Task<IReadOnlyList<string>> RunAsync(bool contract, bool restored, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        IReadOnlyList<string> due = [];
        await db.AloneOnSchemaAsync(
            async () =>
            {
                var fit = await SchemaFit.ReadAsync(db, cancellationToken);
                var lastApplied = db.Database.GetMigrations().Except(fit.Missing).LastOrDefault();
                due = contract || lastApplied is null ? fit.Missing : WithoutContracts(fit.Missing);

                // Where branches of development meet, EF would undo what is applied and comes after a target.
                var isInOrder = due.Count == 0 || string.CompareOrdinal(lastApplied, due[0]) < 0;
                foreach (var migration in isInOrder ? due : (IReadOnlyList<string?>)[null])
                    await WithLocksAsync(migration ?? "all", () => db.Database.MigrateAsync(migration, cancellationToken), cancellationToken);

                var today = DateOnly.FromDateTime(clock.UtcNow());
                await WithLocksAsync("event months", () => db.AddEventMonthsAsync(today, cancellationToken), cancellationToken);
                await db.AdoptRestoredChangesAsync(restored, cancellationToken);
                await RollupRebuild.RunWhereMissingAsync(contexts, clock, cancellationToken);
            },
            cancellationToken);
        return due;
    }

    // What comes after a contract cannot be applied before it.
    internal static List<string> WithoutContracts(IReadOnlyList<string> missing)
    {
        var due = missing.TakeWhile(migration => !SchemaFit.IsContract(migration)).ToList();
        return missing.Skip(due.Count).FirstOrDefault(migration => !SchemaFit.IsContract(migration)) is not { } stuck
            ? due
            : throw new InvalidSettingException(
                $"{missing[due.Count]} has to be applied before {stuck}, and takes something from releases without it. Once none of them serves, run 'dotnet Lucitra.Graph.dll migrate --contract'.");
    }

    // Each migration on its own: what one locks is free before the next begins.
    private async Task WithLocksAsync(string what, Func<Task> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await work();
                return;
            }
            catch (Exception fault) when (IsLockConflict(fault))
            {
                if (attempt == Attempts)
                    throw new SchemaLockedException($"{what}: no lock in {Attempts} attempts, since a long transaction holds a table. pg_stat_activity shows it; run 'migrate' again when it has ended.", fault);
                Log.Waits(logger, what, attempt, Attempts);
                await Task.Delay(_pause, clock, cancellationToken);
            }
        }
    }

    private static bool IsLockConflict(Exception fault) =>
        (fault as PostgresException ?? fault.InnerException as PostgresException)?.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Gave up waiting for a lock that a transaction of another program holds: {What}, attempt {Attempt} of {Attempts}")]
        public static partial void Waits(ILogger logger, string what, int attempt, int attempts);
    }
}

/// <summary>A change of the schema did not get the locks it needs; the message tells the operator what to do.</summary>
internal sealed class SchemaLockedException(string message, Exception cause) : Exception(message, cause);
