using Lucitra.Graph.Analytics.Rollups;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>The contacts that were created in a span of the calendar and are at one lifecycle stage.</summary>
/// <param name="Start">The first day of the span.</param>
/// <param name="LifecycleStage">HubSpot's internal value of the stage; null for contacts without one.</param>
/// <param name="Contacts">How many contacts.</param>
/// <param name="Share">Their part of all contacts created in the span, from 0 to 1.</param>
/// <param name="ReachedShare">The part of all contacts created in the span that is at this stage or beyond it; null for stages without a place in HubSpot's order.</param>
internal sealed record CohortRow(DateOnly Start, string? LifecycleStage, int Contacts, double Share, double? ReachedShare);

internal sealed class LifecycleCohorts : Report<CohortRow>
{
    public override ReportName Name => ReportName.LifecycleCohorts;

    protected override async Task<IReadOnlyList<CohortRow>> ReadAsync(ReportRun run)
    {
        var query = run.Query();
        run.AskSpans(query, RollupFigure.Contacts);
        var answer = await run.AnswerAsync(query);
        return [.. run.Range.Spans().SelectMany((span, place) => Cohort(span.First, answer.Counts(RollupFigure.Contacts, place, sum => sum.Key)))];
    }

    private static IEnumerable<CohortRow> Cohort(DateOnly start, Dictionary<string, int> stages)
    {
        var all = stages.Values.Sum();
        return
            from stage in stages
            where stage.Value != 0
            let place = LifecycleStages.PlaceOf(stage.Key)
            orderby place, stage.Key
            select new CohortRow(
                start, Text(stage.Key), stage.Value, Ratio.Of(stage.Value, all)!.Value,
                place < LifecycleStages.InOrder.Count ? Ratio.Of(LifecycleStages.Reached(place, stages), all) : null);
    }
}
