using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Deals;

/// <summary>Whether deals are closed or won: a consequence of their stage, kept as columns so that they can be filtered.</summary>
internal static class DealOutcome
{
    /// <summary>Settles deals by their stages; says whether each stage that they name is known.</summary>
    public static async Task<bool> SettleAsync(LucitraDbContext db, IReadOnlyList<Deal> deals, CancellationToken cancellationToken)
    {
        var stageIds = deals.Select(deal => deal.StageId).OfType<string>().Distinct().ToList();
        var stages = await db.DealStages.AsNoTracking().Where(stage => stageIds.Contains(stage.HubSpotId)).ToListAsync(cancellationToken);
        var areKnown = true;

        foreach (var deal in deals)
        {
            // Until the pipeline is known, a stage id that only one pipeline has is good enough.
            var candidates = stages.Where(stage => stage.HubSpotId == deal.StageId && (deal.PipelineId is null || stage.PipelineId == deal.PipelineId)).ToList();
            var stage = candidates is [var only] ? only : null;
            deal.IsClosed = stage?.IsClosed ?? false;
            deal.IsWon = stage?.IsWon ?? false;
            areKnown &= deal.StageId is null || candidates.Count > 0;
        }

        return areKnown;
    }

    /// <summary>Settles deals whose stage changed its meaning, with the change in their history.</summary>
    public static async Task<IReadOnlyList<RecordEdit<Deal>>> ResettleAsync(
        LucitraDbContext db, IReadOnlyList<Deal> deals, DateTime now, CancellationToken cancellationToken)
    {
        var before = deals.Select(deal => (Deal: deal, deal.IsClosed, deal.IsWon)).ToList();
        await SettleAsync(db, deals, cancellationToken);

        var stamp = new Stamp(now, Stamp.ReadSource, null, null);
        var edits = new List<RecordEdit<Deal>>();
        foreach (var (deal, wasClosed, wasWon) in before)
        {
            var edit = new RecordEdit<Deal>(deal, isNew: false, DealProperties.Columns);
            if (deal.IsClosed != wasClosed)
                edit.Note("isClosed", Text(wasClosed), Text(deal.IsClosed), stamp);
            if (deal.IsWon != wasWon)
                edit.Note("isWon", Text(wasWon), Text(deal.IsWon), stamp);
            edits.Add(edit);
        }

        return edits;
    }

    private static string Text(bool value) => value ? "true" : "false";
}
