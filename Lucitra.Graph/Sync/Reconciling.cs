using Lucitra.Graph.Database;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Sync;

/// <summary>Reconciles every account now and then, on whichever server is first.</summary>
internal sealed partial class Reconciling(
    Reconciliation reconciliation,
    HubSpotPortals portals,
    SyncCheckpoints checkpoints,
    InboxTransactions transactions,
    IOptions<SyncOptions> options,
    TimeProvider clock,
    ILogger<Reconciling> logger)
    : BackgroundService
{
    private const string Turn = "reconcile";

    private static readonly TimeSpan _look = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!portals.IsConfigured || options.Value.ReconcileInterval is not { } interval)
            return;

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await TakeTurnAsync(interval, stoppingToken))
                    await RunAsync(stoppingToken);
            }
            catch (HubSpotApiException fault)
            {
                Log.Failed(logger, fault.Message);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Stumbled(logger, fault);
            }

            await Task.Delay(_look, clock, stoppingToken);
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var portal in await portals.AllAsync(cancellationToken))
        {
            var summary = await reconciliation.RunAsync(portal, cancellationToken);
            Log.Reconciled(logger, portal.PortalId, summary.Read, summary.Archived, summary.Changed);
        }
    }

    // Whoever takes the turn moves the checkpoint: the others find it too young, also should the taker not live to do the work.
    private Task<bool> TakeTurnAsync(TimeSpan interval, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            async (services, token) =>
            {
                var db = services.GetRequiredService<LucitraDbContext>();
                await db.LockAsync(Turn, token);
                var last = await db.SyncCheckpoints.AsNoTracking().SingleOrDefaultAsync(one => one.Name == Turn, token);
                var now = clock.UtcNow();
                if (last is not null && now - last.UpdatedAt < interval)
                    return false;
                await checkpoints.MoveAsync(db, Turn, cursor: null, records: 1, isEnd: false, now, token);
                return true;
            },
            cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Reconciled portal {PortalId}: {Read} records read, {Archived} archived ones seen, {Changed} changed here")]
        public static partial void Reconciled(ILogger logger, long portalId, long read, long archived, long changed);

        [LoggerMessage(2, LogLevel.Warning, "Could not reconcile, trying again at the next turn: {Fault}")]
        public static partial void Failed(ILogger logger, string fault);

        [LoggerMessage(3, LogLevel.Error, "Failed to reconcile and try again at the next turn")]
        public static partial void Stumbled(ILogger logger, Exception fault);
    }
}
