using System.Diagnostics;
using Lucitra.Graph.Schema.Subscriptions;

namespace Lucitra.Graph.Timeline;

/// <summary>A change that was read from the log, and what it is for the subscribers it is offered to.</summary>
internal sealed class OfferedChange(RecordChange change)
{
    public RecordChange Change => change;

    /// <summary>When it was offered, by <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long OfferedAt { get; } = Stopwatch.GetTimestamp();

    public SharedResults Results { get; } = new();
}
