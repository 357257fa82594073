using System.Globalization;
using Lucitra.Graph.Analytics.Rollups;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>How long the deals took that were won in a span of the calendar, in whole days from creation to close.</summary>
/// <param name="Start">The first day of the span.</param>
/// <param name="Won">Deals won, by close date.</param>
/// <param name="AverageDays">The average.</param>
/// <param name="MedianDays">The median.</param>
/// <param name="P90Days">The days within which nine of ten were closed.</param>
internal sealed record SalesCycleRow(DateOnly Start, int Won, double AverageDays, double MedianDays, double P90Days);

internal sealed class SalesCycle : Report<SalesCycleRow>
{
    public override ReportName Name => ReportName.SalesCycle;

    protected override async Task<IReadOnlyList<SalesCycleRow>> ReadAsync(ReportRun run)
    {
        var query = run.Query();
        run.AskSpans(query, RollupFigure.DaysToClose);
        var answer = await run.AnswerAsync(query);
        return
        [
            .. from span in run.Range.Spans().Select((span, place) => (span.First, place))
               let days = answer.Of(RollupFigure.DaysToClose, span.place).GroupBy(sum => int.Parse(sum.Key, CultureInfo.InvariantCulture))
                   .Select(same => (Number: same.Key, Count: same.Sum(sum => sum.Count))).Where(one => one.Count > 0).ToList()
               let won = days.Sum(one => one.Count)
               where won > 0
               select new SalesCycleRow(
                   span.First, (int)won, days.Sum(one => (double)one.Number * one.Count) / won, Percentile.Of(0.5, days)!.Value, Percentile.Of(0.9, days)!.Value),
        ];
    }
}
