using Lucitra.Graph.Database;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.WriteBack;

/// <summary>Keeps the outbox empty.</summary>
internal sealed partial class OutboxSending(
    OutboxSender sender, Outbox outbox, OutboxSignal signal, IDbContextFactory<LucitraDbContext> contexts, TimeProvider clock, ILogger<OutboxSending> logger)
    : BackgroundService
{
    // Another process may have written.
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _pauseAfterFault = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!outbox.IsOn)
            return;

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!await sender.SendDueAsync(stoppingToken))
                    await signal.WaitAsync(await UntilDueAsync(stoppingToken), stoppingToken);
            }
            catch (HubSpotApiException fault)
            {
                Log.CouldNotBegin(logger, fault.Message);
                await Task.Delay(_pauseAfterFault, clock, stoppingToken);
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
        var wait = await db.HubSpotSyncs.MinAsync(row => row.DueAt, cancellationToken) - clock.UtcNow() ?? _longestWait;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < _longestWait ? wait : _longestWait;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Could not ask HubSpot for its account and sends nothing yet: {Fault}")]
        public static partial void CouldNotBegin(ILogger logger, string fault);

        [LoggerMessage(2, LogLevel.Error, "Failed to send what was written here to HubSpot and paused")]
        public static partial void Stumbled(ILogger logger, Exception fault);
    }
}
