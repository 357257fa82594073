using Lucitra.Webhooks.Crm;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Sync;

/// <summary>Keeps HubSpot's metadata fresh: at start, now and then, and soon after a deal named a stage that is not known.</summary>
internal sealed partial class MetadataReading(
    HubSpotMetadata metadata, HubSpotPortals portals, MetadataSignal signal, IOptions<SyncOptions> options, TimeProvider clock, ILogger<MetadataReading> logger)
    : BackgroundService
{
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!portals.IsConfigured)
            return;

        while (!stoppingToken.IsCancellationRequested)
        {
            var isRead = false;
            try
            {
                await metadata.RefreshAsync(HubSpotCallPriority.Live, stoppingToken);
                isRead = true;
            }
            catch (HubSpotApiException fault)
            {
                Log.Failed(logger, fault.Message);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Stumbled(logger, fault);
            }

            await Task.Delay(_shortestPause, clock, stoppingToken);
            if (isRead)
                await signal.WaitAsync(options.Value.MetadataInterval - _shortestPause, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Could not read properties, pipelines and owners, trying again in a minute: {Fault}")]
        public static partial void Failed(ILogger logger, string fault);

        [LoggerMessage(2, LogLevel.Error, "Failed to keep properties, pipelines and owners and try again in a minute")]
        public static partial void Stumbled(ILogger logger, Exception fault);
    }
}
