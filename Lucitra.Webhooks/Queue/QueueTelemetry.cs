using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Lucitra.Webhooks.Queue;

/// <summary>
/// Spans and figures of messages, by OpenTelemetry's names for messaging. A message carries the context of the span that
/// sent it, so that applying it belongs to the trace of the delivery. Attributes are bounded: never an id or a key.
/// </summary>
internal sealed class QueueTelemetry
{
    private static readonly ActivitySource _source = new(WebhooksModule.TelemetryName);

    private readonly Counter<long> _sent;
    private readonly Counter<long> _consumed;
    private readonly Histogram<double> _duration;
    private readonly TimeProvider _clock;

    public QueueTelemetry(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(WebhooksModule.TelemetryName);
        _sent = meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Messages put into a queue, or not, with the type of the error.");
        _consumed = meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Messages taken from a queue to be applied.");
        _duration = meter.CreateHistogram(
            "messaging.process.duration", "s", "Time to apply what was taken at once, with its commit.", advice: HistogramBuckets.Durations);
    }

    /// <summary>A span of putting a message into a queue; ends as failed unless told that it <see cref="QueueWork.Succeeded"/>.</summary>
    public QueueWork StartSending(QueueLabel queue)
    {
        var activity = _source.StartActivity($"{queue.Destination} send", ActivityKind.Producer);
        return new QueueWork(activity, queue, "send", error => _sent.Add(1, Tags(queue, "send", error)));
    }

    /// <summary>
    /// A span of applying messages; ends as failed unless told that it succeeded. It continues the trace of a single one, and
    /// is linked to those of several.
    /// </summary>
    public QueueWork StartProcessing(QueueLabel queue, IReadOnlyCollection<string?> traceParents)
    {
        var contexts = new HashSet<ActivityContext>();
        foreach (var traceParent in traceParents)
        {
            if (ActivityContext.TryParse(traceParent, null, isRemote: true, out var context))
                contexts.Add(context);
        }

        var activity = _source.StartActivity(
            $"{queue.Destination} process",
            ActivityKind.Consumer,
            contexts.Count == 1 ? contexts.Single() : default,
            links: contexts.Select(context => new ActivityLink(context)));
        activity?.SetTag("messaging.batch.message_count", traceParents.Count);

        _consumed.Add(traceParents.Count, Tags(queue, "process", error: null));
        var started = _clock.GetTimestamp();
        return new QueueWork(activity, queue, "process", error => _duration.Record(_clock.GetElapsedTime(started).TotalSeconds, Tags(queue, "process", error)));
    }

    private static TagList Tags(QueueLabel queue, string operation, string? error)
    {
        var tags = new TagList
        {
            { "messaging.system", queue.System },
            { "messaging.destination.name", queue.Destination },
            { "messaging.operation.name", operation },
        };
        if (error is not null)
            tags.Add("error.type", error);
        return tags;
    }
}
