using System.Diagnostics;
using Lucitra.Graph.Schema.Subscriptions;
using Lucitra.Graph.Telemetry;

namespace Lucitra.Graph.Timeline;

/// <summary>A change on its way to one subscriber, who gets the next one when this one is read.</summary>
internal sealed class Delivery(OfferedChange offered, SharedSelection? selection) : SharedEvent(offered.Results, selection)
{
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Activity? _span;

    public RecordChange Change => offered.Change;

    /// <summary>When it was offered to its subscribers, by <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long OfferedAt => offered.OfferedAt;

    /// <summary>A span that lasts until its subscriber has the result: in the trace of the change, linked to the subscriber's.</summary>
    public Activity? StartSpan(ActivityContext subscriber)
    {
        ActivityContext.TryParse(Change.TraceParent, null, isRemote: true, out var cause);
        _span = GraphTelemetry.Source.StartActivity(
            "record_changes deliver", ActivityKind.Consumer, cause, links: subscriber == default ? null : [new ActivityLink(subscriber)]);
        _span?.SetTag("lucitra.record.type", Change.RecordType);
        _span?.SetTag("lucitra.change.kind", Change.Kind.ToString().ToUpperInvariant());
        return _span;
    }

    /// <summary>Makes what follows in this method a part of the span: the engine resolves in the context of the subscriber.</summary>
    public void EnterSpan() => Activity.Current = _span ?? Activity.Current;

    public override void MarkRead() => _read.TrySetResult();

    public Task WhenReadAsync(CancellationToken cancellationToken) => _read.Task.WaitAsync(cancellationToken);
}
