using Lucitra.Graph.Database;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Sync;

/// <summary>Keeps the list of records to be read empty.</summary>
internal sealed partial class RecordReading(
    RecordReader reader, HubSpotPortals portals, ReadSignal signal, IDbContextFactory<LucitraDbContext> contexts, TimeProvider clock, ILogger<RecordReading> logger)
    : BackgroundService
{
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _pauseAfterFault = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!portals.IsConfigured)
            return;

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await reader.ReadDueAsync(stoppingToken))
                    await signal.WaitAsync(await UntilDueAsync(stoppingToken), stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Stumbled(logger, fault);
                await Task.Delay(_pauseAfterFault, clock, stoppingToken);
            }
        }
    }

    private async Task<TimeSpan> UntilDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var wait = await db.RecordReads.MinAsync(read => (DateTime?)read.DueAt, cancellationToken) - clock.UtcNow() ?? _longestWait;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < _longestWait ? wait : _longestWait;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Failed to read records from HubSpot and paused")]
        public static partial void Stumbled(ILogger logger, Exception fault);
    }
}
