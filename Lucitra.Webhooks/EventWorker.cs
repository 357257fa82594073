using Lucitra.Webhooks.Inbox;
using Lucitra.Webhooks.Queue;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks;

/// <summary>Keeps the queue empty, and tries failed events again when their time has come.</summary>
internal sealed partial class EventWorker(
    EventProcessor processor,
    QueueSignal signal,
    IServiceScopeFactory scopes,
    IOptions<WebhookOptions> options,
    TimeProvider clock,
    ILogger<EventWorker> logger) : BackgroundService
{
    private static readonly TimeSpan _pauseAfterFault = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pollInterval = options.Value.Worker.PollInterval;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await WorkAsync(stoppingToken) is { } wait)
                    await signal.WaitAsync(wait < pollInterval ? wait : pollInterval, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // Nothing was lost: whatever was claimed has been given back.
                Log.Stumbled(logger, FaultText.Of(fault), fault.StackTrace);
                await Task.Delay(_pauseAfterFault, clock, stoppingToken);
            }
        }
    }

    /// <summary>Does what there is to do; null when there may be more at once, otherwise how long there is nothing.</summary>
    private async Task<TimeSpan?> WorkAsync(CancellationToken cancellationToken)
    {
        var isBusy = await processor.ProcessQueueAsync(cancellationToken);
        var wait = await NextDueAsync(cancellationToken) - clock.UtcNow() ?? TimeSpan.MaxValue;
        if (wait <= TimeSpan.Zero)
        {
            isBusy |= await processor.RetryDueAsync(cancellationToken);

            // What is due and was not to be had is in another worker's hands.
            wait = TimeSpan.MaxValue;
        }

        return isBusy ? null : wait;
    }

    private async Task<DateTime?> NextDueAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<InboxDbContext>().WebhookEvents
            .Where(row => row.Status == WebhookEventStatus.Received)
            .MinAsync(row => row.NextAttemptAt, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Failed to work on the queue and paused: {Fault}\n{StackTrace}")]
        public static partial void Stumbled(ILogger logger, string fault, string? stackTrace);
    }
}
