using Lucitra.Graph.Database;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Analytics.Rollups;

/// <summary>
/// Folds into the rollups what transactions wrote down beside them, so that writers never wait for each other at a row and
/// readers have little to add up. One server at a time.
/// </summary>
internal sealed partial class RollupFolding(IDbContextFactory<LucitraDbContext> contexts, TimeProvider clock, ILogger<RollupFolding> logger) : BackgroundService
{
    /// <summary>Who changes rollups otherwise than by adding deltas, holds this lock.</summary>
    public const string Lock = "lucitra:rollups";

    private const int DeltasPerTransaction = 20_000;

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);

    /// <summary>Folds all that is there; says how many deltas it was.</summary>
    public static async Task<int> FoldAsync(IDbContextFactory<LucitraDbContext> contexts, CancellationToken cancellationToken)
    {
        var total = 0;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.RollupDeltas.AnyAsync(cancellationToken))
            return 0;
        await db.RunAloneAsync(Lock, FoldAloneAsync, cancellationToken);
        return total;

        async Task FoldAloneAsync()
        {
            int folded;
            do
            {
                folded = await db.FoldRollupDeltasAsync(DeltasPerTransaction, cancellationToken);
                total += folded;
            }
            while (folded == DeltasPerTransaction);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(_pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await FoldAsync(contexts, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // What is not folded counts all the same; a later round folds it.
                Log.Failed(logger, FaultText.Of(fault));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Could not fold rollups, trying again: {Fault}")]
        public static partial void Failed(ILogger logger, string fault);
    }
}
