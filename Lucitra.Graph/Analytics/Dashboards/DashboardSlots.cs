using Lucitra.Graph.Analytics.Rollups;

namespace Lucitra.Graph.Analytics.Dashboards;

/// <summary>
/// Under which slot the rollups of which time are asked for: the range and the range before it, what was before the end of
/// either, and each span of both.
/// </summary>
internal sealed class DashboardSlots(CalendarRange range)
{
    public const int Current = 0;
    public const int Previous = 1;
    public const int UntilCurrent = 2;
    public const int UntilPrevious = 3;

    private const int FirstSpan = 4;

    private readonly List<(DateOnly First, DateOnly After)> _spans = [.. range.Spans()];

    public CalendarRange Range => range;

    /// <summary>The range's spans by their places.</summary>
    public IReadOnlyList<(DateOnly First, DateOnly After)> Spans => _spans;

    public static int CurrentSpan(int place) => FirstSpan + (2 * place);

    public static int PreviousSpan(int place) => CurrentSpan(place) + 1;

    /// <summary>Asks for what falls into the range and the one before.</summary>
    public void AskRange(RollupQuery query, RollupFigure figure)
    {
        query.Ask(figure, Current, range.Start, range.End);
        query.Ask(figure, Previous, range.Previous.Start, range.Previous.End);
    }

    /// <summary>Asks for all that was before the end of either range.</summary>
    public void AskUntil(RollupQuery query, RollupFigure figure)
    {
        query.Ask(figure, UntilCurrent, Quarter.None, range.End);
        query.Ask(figure, UntilPrevious, Quarter.None, range.Previous.End);
    }

    /// <summary>Asks for what falls into each span, and into the span as many days earlier as the range has.</summary>
    public void AskSpans(RollupQuery query, RollupFigure figure, bool byQuarters = false)
    {
        for (var place = 0; place < _spans.Count; place++)
        {
            var (first, after) = _spans[place];
            Ask(CurrentSpan(place), range.QuarterOf(first), range.QuarterOf(after));
            Ask(PreviousSpan(place), range.QuarterOf(first.AddDays(-range.Days)), range.QuarterOf(after.AddDays(-range.Days)));
        }

        void Ask(int slot, int start, int end)
        {
            if (byQuarters)
                query.Ask(figure, slot, new RollupSegment(RollupGrain.Quarter, start, end));
            else
                query.Ask(figure, slot, start, end);
        }
    }
}
