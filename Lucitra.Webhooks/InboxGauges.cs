using System.Diagnostics.Metrics;
using Lucitra.Webhooks.Inbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lucitra.Webhooks;

/// <summary>
/// The state of the inbox as gauges. It is read every few seconds, however often somebody collects them; while the
/// database does not answer they have no value.
/// </summary>
internal sealed partial class InboxGauges : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(15);

    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;
    private readonly ILogger<InboxGauges> _logger;
    private volatile InboxState? _state;

    public InboxGauges(IServiceScopeFactory scopes, IMeterFactory meters, TimeProvider clock, ILogger<InboxGauges> logger)
    {
        (_scopes, _clock, _logger) = (scopes, clock, logger);
        var meter = meters.Create(WebhooksModule.TelemetryName);
        Gauge(meter, "lucitra.webhook.queue.depth", "{delivery}", "Deliveries in the queue.", state => state.QueuedDeliveries);
        Gauge(meter, "lucitra.webhook.queue.oldest_age", "s", "Age of the oldest delivery in the queue.", state => state.OldestQueued.TotalSeconds);
        Gauge(meter, "lucitra.webhook.retries.depth", "{event}", "Events that wait for another attempt.", state => state.EventsToRetry);
        Gauge(meter, "lucitra.webhook.retries.oldest_due_age", "s", "For how long the next attempt of an event has been due at most.", state => state.OldestDue.TotalSeconds);
        Gauge(meter, "lucitra.webhook.dead_letters.depth", "{event}", "Events that nobody tries again.", state => state.DeadEvents);
        Gauge(meter, "lucitra.webhook.lag", "s", "Age of the oldest event that is not applied yet.", state => state.Lag.TotalSeconds);
    }

    /// <summary>Reads the figures that the gauges show.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = _scopes.CreateAsyncScope();
            _state = await InboxState.ReadAsync(scope.ServiceProvider.GetRequiredService<InboxDbContext>(), _clock.UtcNow(), cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            _state = null;
            Log.Unread(_logger, FaultText.Of(fault));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await RefreshAsync(stoppingToken);
            await Task.Delay(_interval, _clock, stoppingToken);
        }
    }

    private void Gauge(Meter meter, string name, string unit, string description, Func<InboxState, double> figure) =>
        meter.CreateObservableGauge(name, () => _state is { } state ? [new Measurement<double>(figure(state))] : Array.Empty<Measurement<double>>(), unit, description);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Could not read the state of the inbox: {Fault}")]
        public static partial void Unread(ILogger logger, string fault);
    }
}
