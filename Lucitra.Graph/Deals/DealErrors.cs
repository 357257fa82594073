using Lucitra.Graph.Schema.Mutations;

namespace Lucitra.Graph.Deals;

/// <summary>The pipeline has no such stage.</summary>
/// <param name="PipelineId">HubSpot's id of the pipeline.</param>
/// <param name="StageId">HubSpot's id of the stage; null when none was given.</param>
internal sealed record DealStageNotInPipelineError(string PipelineId, string? StageId)
    : UserError($"The pipeline '{PipelineId}' has no stage '{StageId}'.");

/// <summary>There is no such pipeline.</summary>
/// <param name="PipelineId">HubSpot's id of the pipeline; null when none was given.</param>
internal sealed record PipelineNotFoundError(string? PipelineId) : UserError($"There is no pipeline '{PipelineId}'.");
