using System.Globalization;
using Lucitra.Graph.Analytics.Rollups;
using static Lucitra.Graph.Analytics.Dashboards.DashboardSlots;

namespace Lucitra.Graph.Analytics.Dashboards;

/// <summary>Asks for the figures of deals, and reads them out of the answer.</summary>
internal sealed class DealFiguresReading(DashboardSlots slots, int idleDays, DateTime now)
{
    private const int AllTime = -1;
    private const int Overdue = -2;

    private readonly PipelineReading _pipeline = new(slots.Range, now);

    public void Ask(RollupQuery query)
    {
        slots.AskSpans(query, RollupFigure.DealsCreated);
        slots.AskUntil(query, RollupFigure.DealsCreated);
        slots.AskSpans(query, RollupFigure.DealsClosed);
        slots.AskRange(query, RollupFigure.DealsClosed);
        slots.AskRange(query, RollupFigure.DealsCreated);
        slots.AskUntil(query, RollupFigure.DealsEnded);
        slots.AskRange(query, RollupFigure.DaysToClose);
        _pipeline.Ask(query);

        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, slots.Range.TimeZone));
        query.Ask(RollupFigure.DealsOpen, Overdue, Quarter.First, slots.Range.QuarterOf(today));
        query.Ask(RollupFigure.DealsIdle, AllTime, new RollupSegment(RollupGrain.Day, Quarter.None, Quarter.Of(now.Date.AddDays(-idleDays))));
    }

    public DealFigures Of(RollupAnswer answer, StageBook stages)
    {
        var (won, lost) = (Closed(answer, Current, Previous, DealOutcomes.IsWon), Closed(answer, Current, Previous, DealOutcomes.IsLost));
        return new DealFigures(
            new CountFigure(Open(answer, UntilCurrent), Open(answer, UntilPrevious)),
            MoneyFigures.Of(OpenValue(answer, UntilCurrent), OpenValue(answer, UntilPrevious)),
            new CountFigure(answer.Count(RollupFigure.DealsCreated, Current), answer.Count(RollupFigure.DealsCreated, Previous)),
            won,
            lost,
            new MeasureFigure(Ratio.Of(won.Current, won.Current + lost.Current), Ratio.Of(won.Previous, won.Previous + lost.Previous)),
            MoneyFigures.Of(WonValue(answer, Current), WonValue(answer, Previous)),
            MoneyFigures.Of(AverageSize(answer, Current), AverageSize(answer, Previous)),
            new MeasureFigure(DaysToClose(answer, Current, 0.5), DaysToClose(answer, Previous, 0.5)),
            new MeasureFigure(DaysToClose(answer, Current, 0.9), DaysToClose(answer, Previous, 0.9)),
            [.. slots.Spans.Select((span, place) => Bucket(answer, span, CurrentSpan(place), PreviousSpan(place)))],
            PipelineReading.ByStage(answer, stages),
            _pipeline.ByCloseMonth(answer, stages),
            new DealsAtRisk(
                idleDays,
                answer.Count(RollupFigure.DealsIdle, AllTime),
                MoneyFigures.Of(answer.Amounts(RollupFigure.DealsIdle, AllTime)),
                answer.Count(RollupFigure.DealsOpen, Overdue),
                MoneyFigures.Of(answer.Amounts(RollupFigure.DealsOpen, Overdue))));
    }

    private static CountFigure Closed(RollupAnswer answer, int current, int previous, Func<RollupSum, bool> outcome) =>
        new(answer.Count(RollupFigure.DealsClosed, current, outcome), answer.Count(RollupFigure.DealsClosed, previous, outcome));

    private static int Open(RollupAnswer answer, int slot) => answer.Count(RollupFigure.DealsCreated, slot) - answer.Count(RollupFigure.DealsEnded, slot);

    private static Dictionary<string, decimal> OpenValue(RollupAnswer answer, int slot)
    {
        var created = answer.Counts(RollupFigure.DealsCreated, slot, sum => sum.Detail);
        var ended = answer.Counts(RollupFigure.DealsEnded, slot, sum => sum.Detail);
        var (createdValue, endedValue) = (answer.Amounts(RollupFigure.DealsCreated, slot), answer.Amounts(RollupFigure.DealsEnded, slot));
        return created.Where(one => one.Value != ended.GetValueOrDefault(one.Key))
            .ToDictionary(one => one.Key, one => createdValue.GetValueOrDefault(one.Key) - endedValue.GetValueOrDefault(one.Key));
    }

    private static Dictionary<string, decimal> WonValue(RollupAnswer answer, int slot) => answer.Amounts(RollupFigure.DealsClosed, slot, DealOutcomes.IsWon);

    private static Dictionary<string, decimal> AverageSize(RollupAnswer answer, int slot) => answer
        .Of(RollupFigure.DealsClosed, slot)
        .Where(sum => sum.Key == DealOutcomes.Won)
        .GroupBy(sum => sum.Detail)
        .Where(group => group.Sum(sum => sum.Count) != 0)
        .ToDictionary(group => group.Key, group => group.Sum(sum => sum.Amount) / group.Sum(sum => sum.Count));

    private static double? DaysToClose(RollupAnswer answer, int slot, double part) => Percentile.Of(
        part, answer.Of(RollupFigure.DaysToClose, slot).GroupBy(sum => sum.Key).Select(days => (int.Parse(days.Key, CultureInfo.InvariantCulture), days.Sum(sum => sum.Count))));

    private DealBucket Bucket(RollupAnswer answer, (DateOnly First, DateOnly After) span, int current, int previous) => new(
        slots.Range.Beginning(span.First),
        slots.Range.Beginning(span.After),
        new CountFigure(answer.Count(RollupFigure.DealsCreated, current), answer.Count(RollupFigure.DealsCreated, previous)),
        Closed(answer, current, previous, DealOutcomes.IsWon),
        Closed(answer, current, previous, DealOutcomes.IsLost),
        MoneyFigures.Of(WonValue(answer, current), WonValue(answer, previous)));
}
