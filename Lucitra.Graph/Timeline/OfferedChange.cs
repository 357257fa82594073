using Lucitra.Graph.Schema.Subscriptions;

namespace Lucitra.Graph.Timeline;

/// <summary>A change that was read from the log, and what it is for the subscribers it is offered to.</summary>
internal sealed class OfferedChange(RecordChange change)
{
    public RecordChange Change => change;

    public SharedResults Results { get; } = new();
}
