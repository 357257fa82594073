namespace Lucitra.Graph.Analytics.Rollups;

/// <summary>A run of spans of one length.</summary>
/// <param name="Grain">Their length.</param>
/// <param name="Start">The first quarter of the first of them.</param>
/// <param name="End">The quarter after the last of them.</param>
internal readonly record struct RollupSegment(RollupGrain Grain, int Start, int End)
{
    /// <summary>The fewest spans that make up a time: months inside, days around them, quarters at the edges.</summary>
    public static IEnumerable<RollupSegment> Cover(int start, int end) => Cover(start, end, RollupGrain.Month);

    private static IEnumerable<RollupSegment> Cover(int start, int end, RollupGrain grain)
    {
        if (start >= end)
            yield break;
        if (grain == RollupGrain.Quarter)
        {
            yield return new RollupSegment(grain, start, end);
            yield break;
        }

        var (first, last) = (start == Quarter.None ? start : Quarter.Ceiling(start, grain), end == Quarter.End ? end : Quarter.Floor(end, grain));
        if (first >= last)
        {
            foreach (var segment in Cover(start, end, grain - 1))
                yield return segment;
            yield break;
        }

        foreach (var segment in Cover(start, first, grain - 1))
            yield return segment;
        yield return new RollupSegment(grain, first, last);
        foreach (var segment in Cover(last, end, grain - 1))
            yield return segment;
    }
}
