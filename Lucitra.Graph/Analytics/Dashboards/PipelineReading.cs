using Lucitra.Graph.Analytics.Rollups;

namespace Lucitra.Graph.Analytics.Dashboards;

/// <summary>Asks for the deals that are open now, by stage and by the month of their close date, and reads them out of the answer.</summary>
internal sealed class PipelineReading(CalendarRange range, DateTime now)
{
    private const int MonthsBefore = 12;
    private const int MonthsAfter = 24;

    // Slots that no other figure of open deals uses.
    private const int Everything = -10;
    private const int Undated = -11;
    private const int Earlier = -12;
    private const int Later = -13;
    private const int FirstMonth = -100;

    private readonly DateOnly _first = FirstOfMonth(now, range.TimeZone).AddMonths(-MonthsBefore);

    public void Ask(RollupQuery query)
    {
        var (first, past) = (range.QuarterOf(_first), range.QuarterOf(_first.AddMonths(MonthsBefore + 1 + MonthsAfter)));
        query.Ask(RollupFigure.DealsOpen, Everything, Quarter.None, Quarter.End);
        query.Ask(RollupFigure.DealsOpen, Undated, new RollupSegment(RollupGrain.Month, Quarter.None, Quarter.None + 1));
        query.Ask(RollupFigure.DealsOpen, Earlier, Quarter.First, first);
        query.Ask(RollupFigure.DealsOpen, Later, past, Quarter.End);
        foreach (var (slot, month) in Months())
            query.Ask(RollupFigure.DealsOpen, slot, range.QuarterOf(month), range.QuarterOf(month.AddMonths(1)));
    }

    public static IReadOnlyList<StageFigures> ByStage(RollupAnswer answer, StageBook stages) =>
    [
        .. from sum in answer.Of(RollupFigure.DealsOpen, Everything)
           group sum by (sum.PipelineId, StageId: sum.Key) into sums
           let deals = sums.Sum(sum => sum.Count)
           where deals != 0
           orderby stages.PlaceOf(sums.Key.PipelineId, sums.Key.StageId)
           let stage = stages.Stage(sums.Key.PipelineId, sums.Key.StageId)
           select new StageFigures(
               Text(sums.Key.PipelineId), Text(sums.Key.StageId), stages.Pipeline(sums.Key.PipelineId)?.Label, stage?.Label, stage?.Probability,
               (int)deals, MoneyFigures.Forecast(sums, stages)),
    ];

    public IReadOnlyList<CloseMonthFigures> ByCloseMonth(RollupAnswer answer, StageBook stages)
    {
        List<CloseMonthFigures> all =
        [
            Figures(ClosePeriod.Earlier, null, Earlier),
            .. Months().Select(one => Figures(ClosePeriod.Month, one.Month, one.Slot)),
            Figures(ClosePeriod.Later, null, Later),
            Figures(ClosePeriod.Undated, null, Undated),
        ];
        return all.FindAll(one => one.Deals > 0);

        CloseMonthFigures Figures(ClosePeriod period, DateOnly? month, int slot) => new(
            period, month, answer.Count(RollupFigure.DealsOpen, slot), MoneyFigures.Forecast(answer.Of(RollupFigure.DealsOpen, slot), stages));
    }

    private static string? Text(string key) => key.Length == 0 ? null : key;

    private static DateOnly FirstOfMonth(DateTime instant, TimeZoneInfo timeZone)
    {
        var today = TimeZoneInfo.ConvertTimeFromUtc(instant, timeZone);
        return new DateOnly(today.Year, today.Month, 1);
    }

    private IEnumerable<(int Slot, DateOnly Month)> Months() =>
        Enumerable.Range(0, MonthsBefore + 1 + MonthsAfter).Select(place => (FirstMonth - place, _first.AddMonths(place)));
}
