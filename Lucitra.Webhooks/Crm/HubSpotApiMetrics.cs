using System.Diagnostics.Metrics;

namespace Lucitra.Webhooks.Crm;

/// <summary>What can be counted about calls to HubSpot. Attributes are bounded: never an account or a record.</summary>
internal sealed class HubSpotApiMetrics
{
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _wait;

    public HubSpotApiMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(WebhooksModule.TelemetryName);
        _calls = meter.CreateCounter<long>("lucitra.hubspot.api.calls", "{call}", "HTTP requests to HubSpot's API, by operation and outcome.");
        _duration = meter.CreateHistogram("lucitra.hubspot.api.call.duration", "s", "Time to HubSpot's whole answer.", advice: HistogramBuckets.Durations);
        _wait = meter.CreateHistogram("lucitra.hubspot.api.wait", "s", "Time that calls waited for their turn within HubSpot's limits.", advice: HistogramBuckets.Durations);
    }

    /// <summary>Counts a request; <paramref name="error"/> is null for one that succeeded.</summary>
    public void Called(string operation, HubSpotErrorKind? error, TimeSpan duration)
    {
        KeyValuePair<string, object?> name = new("lucitra.hubspot.operation", operation);
        KeyValuePair<string, object?> outcome = new("lucitra.hubspot.outcome", error?.ToString() ?? "Succeeded");
        _calls.Add(1, name, outcome);
        _duration.Record(duration.TotalSeconds, name, outcome);
    }

    public void Waited(HubSpotCallPriority priority, TimeSpan wait) =>
        _wait.Record(wait.TotalSeconds, new KeyValuePair<string, object?>("lucitra.hubspot.priority", priority.ToString()));
}
