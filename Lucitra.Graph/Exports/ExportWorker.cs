using Lucitra.Graph.Database;
using Lucitra.Graph.Storage;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Exports;

/// <summary>
/// Makes the exports that wait, one at a time, and deletes files past their time. An export whose server was killed is begun
/// anew by another when its lease has ended, and given up when that happens too often.
/// </summary>
internal sealed partial class ExportWorker(
    IDbContextFactory<LucitraDbContext> contexts, ExportRun run, IFileStore store, ExportSignal signal, IOptions<ExportOptions> options, TimeProvider clock, ILogger<ExportWorker> logger)
    : BackgroundService
{
    private const string Lock = "lucitra:exports";

    private static readonly TimeSpan _pollInterval = TimeSpan.FromSeconds(2);

    /// <summary>Makes the next export; false when none waits.</summary>
    public async Task<bool> RunNextAsync(CancellationToken cancellationToken)
    {
        if (await ClaimAsync(cancellationToken) is not { } export)
            return false;
        try
        {
            await run.RunAsync(export, cancellationToken);
            Log.Completed(logger, export.Id, export.Kind, export.Format);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await EndAsync(export, ExportStatus.Queued, null);
            throw;
        }
        catch (LeaseLostException)
        {
            Log.Lost(logger, export.Id);
        }
        catch (Exception fault)
        {
            var isLast = export.Attempts >= options.Value.MaxAttempts;
            Log.Failed(logger, export.Id, export.Attempts, FaultText.Of(fault), fault.StackTrace);
            await EndAsync(export, isLast ? ExportStatus.Failed : ExportStatus.Queued, isLast ? $"It failed {export.Attempts} times, at last with {fault.GetType().Name}." : null);
        }

        return true;
    }

    /// <summary>Deletes the files that are past their time; says how many.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var past = await db.Exports.AsNoTracking().Where(row => row.Status == ExportStatus.Completed && row.ExpiresAt <= now).ToListAsync(cancellationToken);
        foreach (var export in past)
        {
            // First the file: were it the other way round, a kill in between would leave a file that nobody knows of.
            await store.DeleteAsync(export.FileName, cancellationToken);
            await ChangeAsync(
                rows => rows.Where(row => row.Id == export.Id && row.Status == ExportStatus.Completed)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, ExportStatus.Expired), cancellationToken), cancellationToken);
        }

        return past.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RunNextAsync(stoppingToken))
                    continue;
                await SweepAsync(stoppingToken);
                await signal.WaitAsync(_pollInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Stumbled(logger, FaultText.Of(fault));
                await Task.Delay(_pollInterval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<Export?> ClaimAsync(CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Mostly there is nothing to do, which takes no turn to write.
        var due = db.Exports.Where(row => row.Status == ExportStatus.Queued || (row.Status == ExportStatus.Running && row.LeaseUntil < now)).OrderBy(row => row.CreatedAt);
        if (!await due.AnyAsync(cancellationToken))
            return null;

        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.LockAsync(Lock, cancellationToken);
        if (await due.FirstOrDefaultAsync(cancellationToken) is not { } export)
            return null;

        var isGivenUp = export.Attempts >= options.Value.MaxAttempts;
        if (isGivenUp)
        {
            (export.Status, export.FinishedAt) = (ExportStatus.Failed, now);
            export.Reason = $"It was cut off {export.Attempts} times.";
        }
        else
        {
            (export.Status, export.Attempts, export.Rows) = (ExportStatus.Running, export.Attempts + 1, 0);
            (export.StartedAt, export.LeaseUntil) = (now, now + options.Value.Lease);
        }

        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return isGivenUp ? null : export;
    }

    private Task EndAsync(Export export, ExportStatus status, string? reason) => ChangeAsync(
        rows => rows
            .Where(row => row.Id == export.Id && row.Attempts == export.Attempts && row.Status == ExportStatus.Running)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.Status, status)
                    .SetProperty(row => row.Reason, reason)
                    .SetProperty(row => row.FinishedAt, status == ExportStatus.Failed ? clock.UtcNow() : null),
                CancellationToken.None),
        CancellationToken.None);

    private async Task ChangeAsync(Func<IQueryable<Export>, Task<int>> change, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await change(db.Exports);
        await write.CommitAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Completed export {Export} of {Kind} as {Format}")]
        public static partial void Completed(ILogger logger, Guid export, ExportKind kind, ExportFormat format);

        [LoggerMessage(2, LogLevel.Warning, "Lost export {Export} to another server")]
        public static partial void Lost(ILogger logger, Guid export);

        [LoggerMessage(3, LogLevel.Error, "Failed to make export {Export} at attempt {Attempt}: {Fault}\n{StackTrace}")]
        public static partial void Failed(ILogger logger, Guid export, int attempt, string fault, string? stackTrace);

        [LoggerMessage(4, LogLevel.Warning, "Could not look for exports, trying again: {Fault}")]
        public static partial void Stumbled(ILogger logger, string fault);
    }
}
