using Lucitra.Graph.Deals;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>How many of the deals created in the range reached one stage of their pipeline, or one beyond it.</summary>
/// <param name="PipelineId">HubSpot's id of the pipeline.</param>
/// <param name="PipelineLabel">The name people see.</param>
/// <param name="StageId">HubSpot's id of the stage. Lost is no step of a funnel; won is the last.</param>
/// <param name="StageLabel">The name people see.</param>
/// <param name="Reached">How many deals reached it.</param>
/// <param name="StepRate">The part of the deals at the step before that reached this one, from 0 to 1; null for the first step and where nobody was.</param>
/// <param name="TotalRate">The part of all deals created in the range that reached it, from 0 to 1.</param>
internal sealed record FunnelRow(string PipelineId, string PipelineLabel, string StageId, string StageLabel, int Reached, double? StepRate, double TotalRate);

internal sealed class Funnel : Report<FunnelRow>
{
    public override ReportName Name => ReportName.Funnel;

    protected override async Task<IReadOnlyList<FunnelRow>> ReadAsync(ReportRun run)
    {
        var steps = run.Stages.Pipelines.ToDictionary(pipeline => pipeline.Id, pipeline => run.Stages.FunnelOf(pipeline.Id));
        var places = steps.SelectMany(pipeline => pipeline.Value.Select((stage, place) => (Key: (pipeline.Key, stage.HubSpotId), place))).ToDictionary(one => one.Key, one => one.place);
        var furthest = new Dictionary<Guid, (string PipelineId, int Place)>();
        var moved = new HashSet<Guid>();
        var end = DateTime.MaxValue;
        await foreach (var move in StageHistory.MovesAsync(run, run.Moment ?? end, "deal.created_at >= {1} AND deal.created_at < {2}").WithCancellation(run.CancellationToken))
        {
            moved.Add(move.DealId);
            Reach(move.DealId, move.PipelineId, move.Old);
            Reach(move.DealId, move.PipelineId, move.New);
        }

        // The present stage is the last of the history, and all that is known of a deal without one.
        await foreach (var deal in Created(run).AsAsyncEnumerable().WithCancellation(run.CancellationToken))
        {
            if (run.Moment is null || !moved.Contains(deal.Id))
                Reach(deal.Id, deal.PipelineId!, deal.StageId);
        }

        return [.. run.Stages.Pipelines.OrderBy(pipeline => (pipeline.DisplayOrder, pipeline.Id)).SelectMany(pipeline => Rows(pipeline, steps[pipeline.Id], furthest.Values))];

        void Reach(Guid deal, string pipelineId, string? stageId)
        {
            var place = stageId is not null && places.TryGetValue((pipelineId, stageId), out var known) ? known : -1;
            furthest[deal] = (pipelineId, Math.Max(place, furthest.TryGetValue(deal, out var before) ? before.Place : -1));
        }
    }

    private static IQueryable<Deal> Created(ReportRun run)
    {
        var (start, end) = (run.Range.Beginning(run.Range.From), run.Range.Beginning(run.Range.To.AddDays(1)));
        var (pipeline, owner) = (run.Parameters.PipelineId, run.Parameters.OwnerId);
        var deals = run.Db.Deals.AsNoTracking().Where(deal => deal.ArchivedAt == null && deal.CreatedAt >= start && deal.CreatedAt < end && deal.PipelineId != null);
        if (pipeline is not null)
            deals = deals.Where(deal => deal.PipelineId == pipeline);
        if (owner is not null)
            deals = deals.Where(deal => (deal.OwnerId ?? "") == owner);
        return deals.Select(deal => new Deal { Id = deal.Id, PipelineId = deal.PipelineId, StageId = deal.StageId });
    }

    private static IEnumerable<FunnelRow> Rows(Pipeline pipeline, IReadOnlyList<DealStage> steps, IEnumerable<(string PipelineId, int Place)> furthest)
    {
        var places = furthest.Where(one => one.PipelineId == pipeline.Id).Select(one => one.Place).ToList();
        if (places.Count == 0)
            yield break;
        var before = (int?)null;
        for (var step = 0; step < steps.Count; step++)
        {
            var reached = places.Count(place => place >= step);
            yield return new FunnelRow(
                pipeline.Id, pipeline.Label, steps[step].HubSpotId, steps[step].Label, reached,
                before is { } previous ? Ratio.Of(reached, previous) : null, Ratio.Of(reached, places.Count)!.Value);
            before = reached;
        }
    }
}
