using System.Diagnostics.Metrics;
using Lucitra.Webhooks.Inbox;

namespace Lucitra.Webhooks;

/// <summary>What can be counted about deliveries and their events. Attributes are bounded: never an id or a property.</summary>
internal sealed class LucitraWebhookMetrics
{
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _events;
    private readonly Counter<long> _deadLetters;
    private readonly Histogram<double> _lag;

    public LucitraWebhookMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(WebhooksModule.TelemetryName);
        _deliveries = meter.CreateCounter<long>("lucitra.webhook.deliveries", "{delivery}", "Deliveries answered, by outcome.");
        _events = meter.CreateCounter<long>(
            "lucitra.webhook.events", "{event}", "Events that reached their final status, and repetitions.");
        _deadLetters = meter.CreateCounter<long>("lucitra.webhook.dead_letters", "{event}", "Events nobody tries again.");
        _lag = meter.CreateHistogram(
            "lucitra.webhook.event.lag", "s", "Time from the change in HubSpot to its final status here.", advice: HistogramBuckets.Lags);
    }

    public void Delivered(string outcome) => _deliveries.Add(1, Outcome(outcome));

    public void Rejected(SignatureVerdict verdict) =>
        _deliveries.Add(1, Outcome("rejected"), new("lucitra.webhook.verdict", verdict.ToString()));

    public void Repeated(int events)
    {
        if (events > 0)
            _events.Add(events, Status("DUPLICATE"));
    }

    public void Finished(WebhookEvent row)
    {
        _events.Add(1, Status(row.Status.ToString().ToUpperInvariant()));
        if (row.Status == WebhookEventStatus.Dead)
            _deadLetters.Add(1, new KeyValuePair<string, object?>("error.type", row.Kind is null ? "malformed" : "failed"));
        if (row is { OccurredAt: { } occurred, ProcessedAt: { } processed })
            _lag.Record((processed - occurred).TotalSeconds, SubscriptionType(row));
    }

    private static KeyValuePair<string, object?> Outcome(string outcome) => new("lucitra.webhook.outcome", outcome);

    private static KeyValuePair<string, object?> Status(string status) => new("lucitra.webhook.event.status", status);

    private static KeyValuePair<string, object?> SubscriptionType(WebhookEvent row)
    {
        var isKnown = row.ObjectType is HubSpotObjectTypes.Contact or HubSpotObjectTypes.Deal && HubSpotEventKinds.IsKnown(row.Kind ?? "");
        return new("hubspot.subscription_type", isKnown ? $"{row.ObjectType}.{row.Kind}" : "other");
    }
}
