using System.Runtime.InteropServices;

namespace Lucitra.Graph.Analytics.Rollups;

/// <summary>Answers a question by counting records one by one, where no rollups are kept: of a past day.</summary>
internal sealed class RollupTally(RollupQuery query) : IRollupTarget
{
    private readonly ILookup<RollupFigure, (int Slot, RollupSegment Segment)> _asked =
        query.Segments.ToLookup(one => one.Figure, one => (one.Slot, one.Segment));

    private readonly Dictionary<(RollupFigure Figure, int Slot, string Owner, string Pipeline, string Key, string Detail), (long Count, decimal Amount)> _sums = [];

    public RollupAnswer Answer => new(_sums.Select(sum => new RollupSum(
        (int)sum.Key.Figure, sum.Key.Slot, sum.Key.Owner, sum.Key.Pipeline, sum.Key.Key, sum.Key.Detail, sum.Value.Count, sum.Value.Amount)));

    public void Add(RollupFigure figure, string? owner, DateTime? at, string? pipeline, string? key, string? detail, int count, decimal amount, params RollupGrain[] grains)
    {
        if (!_asked.Contains(figure) || query.OwnerFor(figure, owner, RollupSums.Fit(pipeline)) is not { } answered)
            return;
        var quarter = at is { } instant ? Quarter.Of(instant) : Quarter.None;
        foreach (var (slot, segment) in _asked[figure])
        {
            // Rollups of whole days and months begin where their spans do.
            var place = Quarter.Floor(quarter, segment.Grain);
            if (place < segment.Start || place >= segment.End)
                continue;
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(
                _sums, (figure, slot, answered, RollupSums.Fit(pipeline), RollupSums.Fit(key), RollupSums.Fit(detail)), out _);
            sum = (sum.Count + count, sum.Amount + (count * amount));
        }
    }
}
