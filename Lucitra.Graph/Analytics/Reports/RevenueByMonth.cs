using Lucitra.Graph.Analytics.Rollups;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>What was won and lost in a span of the calendar, in one currency.</summary>
/// <param name="Start">The first day of the span.</param>
/// <param name="Currency">The ISO 4217 code; null for deals that name none.</param>
/// <param name="Won">Deals won, by close date.</param>
/// <param name="Revenue">The amounts of the deals won.</param>
/// <param name="Lost">Deals lost, by close date.</param>
/// <param name="LostValue">The amounts of the deals lost.</param>
internal sealed record RevenueRow(DateOnly Start, string? Currency, int Won, decimal Revenue, int Lost, decimal LostValue);

internal sealed class RevenueByMonth : Report<RevenueRow>
{
    public override ReportName Name => ReportName.RevenueByMonth;

    protected override async Task<IReadOnlyList<RevenueRow>> ReadAsync(ReportRun run)
    {
        var query = run.Query();
        run.AskSpans(query, RollupFigure.DealsClosed);
        var answer = await run.AnswerAsync(query);
        return
        [
            .. from span in run.Range.Spans().Select((span, place) => (span.First, place))
               from sums in answer.Of(RollupFigure.DealsClosed, span.place).GroupBy(sum => sum.Detail).OrderBy(same => same.Key, StringComparer.Ordinal)
               let won = sums.Where(DealOutcomes.IsWon).ToList()
               let lost = sums.Where(DealOutcomes.IsLost).ToList()
               where won.Sum(sum => sum.Count) + lost.Sum(sum => sum.Count) > 0
               select new RevenueRow(
                   span.First, Text(sums.Key), (int)won.Sum(sum => sum.Count), Amounts.Plain(won.Sum(sum => sum.Amount)),
                   (int)lost.Sum(sum => sum.Count), Amounts.Plain(lost.Sum(sum => sum.Amount))),
        ];
    }
}
