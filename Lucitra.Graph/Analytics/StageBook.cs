using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Analytics;

/// <summary>The pipelines and stages as they are defined now, by the ids that deals name.</summary>
internal sealed class StageBook(IReadOnlyCollection<Pipeline> pipelines, IReadOnlyCollection<DealStage> stages)
{
    private readonly Dictionary<string, Pipeline> _pipelines = pipelines.ToDictionary(pipeline => pipeline.Id);
    private readonly ILookup<string, DealStage> _stages = stages.ToLookup(stage => stage.HubSpotId);

    public static async Task<StageBook> LoadAsync(LucitraDbContext db, CancellationToken cancellationToken) => new(
        await db.Pipelines.AsNoTracking().ToListAsync(cancellationToken),
        await db.DealStages.AsNoTracking().ToListAsync(cancellationToken));

    public IReadOnlyCollection<Pipeline> Pipelines => pipelines;

    /// <summary>The stages of a pipeline through which a deal goes to be won, in their order. Lost is none of them.</summary>
    public IReadOnlyList<DealStage> FunnelOf(string pipelineId) =>
    [
        .. stages.Where(stage => stage.PipelineId == pipelineId && (!stage.IsClosed || stage.IsWon))
            .OrderBy(stage => (stage.IsWon, stage.DisplayOrder)).ThenBy(stage => stage.HubSpotId, StringComparer.Ordinal),
    ];

    public Pipeline? Pipeline(string id) => _pipelines.GetValueOrDefault(id);

    /// <summary>The stage that a deal names; without a pipeline, one that only one pipeline has.</summary>
    public DealStage? Stage(string pipelineId, string stageId)
    {
        var candidates = _stages[stageId].Where(stage => pipelineId.Length == 0 || stage.PipelineId == pipelineId).Take(2).ToList();
        return candidates is [var only] ? only : null;
    }

    public decimal Probability(string pipelineId, string stageId) => Stage(pipelineId, stageId)?.Probability ?? 0;

    /// <summary>Where a stage stands among all: by pipeline, then by stage; what is not known comes last.</summary>
    public (int Pipeline, string PipelineId, int Stage, string StageId) PlaceOf(string pipelineId, string stageId) => (
        Pipeline(pipelineId)?.DisplayOrder ?? int.MaxValue, pipelineId, Stage(pipelineId, stageId)?.DisplayOrder ?? int.MaxValue, stageId);
}
