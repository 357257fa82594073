using Lucitra.Graph.Analytics.Rollups;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>The contacts that came from one source.</summary>
/// <param name="Source">HubSpot's internal value of `hs_analytics_source`; null for contacts without one.</param>
/// <param name="Contacts">Contacts created before the end of the range.</param>
/// <param name="New">Contacts created in the range.</param>
/// <param name="Customers">Those of the new ones that are customers or beyond.</param>
/// <param name="CustomerRate">The part of the new ones that are customers or beyond, from 0 to 1; null when there are no new ones.</param>
internal sealed record SourceRow(string? Source, int Contacts, int New, int Customers, double? CustomerRate);

internal sealed class ContactSources : Report<SourceRow>
{
    private const string Customer = "customer";
    private const int Before = 1;

    public override ReportName Name => ReportName.ContactSources;

    protected override async Task<IReadOnlyList<SourceRow>> ReadAsync(ReportRun run)
    {
        var query = run.Query();
        query.Ask(RollupFigure.Contacts, 0, run.Range.Start, run.Range.End);
        query.Ask(RollupFigure.Contacts, Before, Quarter.None, run.Range.Start);
        var answer = await run.AnswerAsync(query);
        var created = answer.Counts(RollupFigure.Contacts, 0, sum => sum.Detail);
        var before = answer.Counts(RollupFigure.Contacts, Before, sum => sum.Detail);
        return
        [
            .. from source in created.Keys.Union(before.Keys)
               let count = created.GetValueOrDefault(source)
               let all = count + before.GetValueOrDefault(source)
               where all != 0
               let customers = LifecycleStages.Reached(LifecycleStages.PlaceOf(Customer), Stages(source))
               orderby count descending, all descending, source
               select new SourceRow(Text(source), all, count, customers, Ratio.Of(customers, count)),
        ];

        Dictionary<string, int> Stages(string source) => answer.Of(RollupFigure.Contacts, 0).Where(sum => sum.Detail == source)
            .GroupBy(sum => sum.Key).ToDictionary(group => group.Key, group => (int)group.Sum(sum => sum.Count));
    }
}
