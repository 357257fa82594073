using Lucitra.Graph.Database;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Deals;

/// <summary>Whether deals are closed or won: a consequence of their stage, kept as columns so that they can be filtered.</summary>
internal static class DealOutcome
{
    public static async Task SettleAsync(LucitraDbContext db, IReadOnlyList<Deal> deals, CancellationToken cancellationToken)
    {
        var stageIds = deals.Select(deal => deal.StageId).OfType<string>().Distinct().ToList();
        var stages = await db.DealStages.AsNoTracking().Where(stage => stageIds.Contains(stage.HubSpotId)).ToListAsync(cancellationToken);

        foreach (var deal in deals)
        {
            // Until the pipeline is known, a stage id that only one pipeline has is good enough.
            var candidates = stages.Where(stage => stage.HubSpotId == deal.StageId && (deal.PipelineId is null || stage.PipelineId == deal.PipelineId)).ToList();
            var stage = candidates is [var only] ? only : null;
            deal.IsClosed = stage?.IsClosed ?? false;
            deal.IsWon = stage?.IsWon ?? false;
        }
    }
}
