using System.Diagnostics.Metrics;
using Grpc.Core;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>What can be counted about Pub/Sub. Attributes are bounded: never a message, a record or a name.</summary>
internal sealed class PubSubMetrics
{
    private readonly Counter<long> _publishes;
    private readonly Histogram<double> _publishDuration;
    private readonly Counter<long> _messages;

    public PubSubMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(WebhooksModule.TelemetryName);
        _publishes = meter.CreateCounter<long>("lucitra.pubsub.publishes", "{call}", "Calls that published, by the status they ended with.");
        _publishDuration = meter.CreateHistogram("lucitra.pubsub.publish.duration", "s", "Time of such a call, repetitions included.", advice: HistogramBuckets.Durations);
        _messages = meter.CreateCounter<long>("lucitra.pubsub.messages", "{message}", "Messages, by what happened to them: pulled, pushed, acked, nacked, refused.");
    }

    public void Published(StatusCode code, TimeSpan duration)
    {
        var status = new KeyValuePair<string, object?>("rpc.grpc.status_code", (int)code);
        _publishes.Add(1, status);
        _publishDuration.Record(duration.TotalSeconds, status);
    }

    /// <summary>Came over the stream.</summary>
    public void Pulled(int messages) => Count(messages, "pulled");

    /// <summary>Was posted to the push endpoint.</summary>
    public void Pushed() => Count(1, "pushed");

    /// <summary>Is in the inbox, and Pub/Sub was told.</summary>
    public void Acked(int messages) => Count(messages, "acked");

    /// <summary>Was given back, to be delivered again.</summary>
    public void Nacked(int messages) => Count(messages, "nacked");

    /// <summary>Was posted by somebody unknown, or was no message.</summary>
    public void Refused() => Count(1, "refused");

    private void Count(int messages, string outcome) => _messages.Add(messages, new KeyValuePair<string, object?>("lucitra.pubsub.outcome", outcome));
}
