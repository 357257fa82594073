namespace Lucitra.Graph.Deals;

/// <summary>An ordered list of stages that deals go through.</summary>
internal sealed class Pipeline
{
    /// <summary>The longest id of a pipeline or stage.</summary>
    public const int MaxIdLength = 100;

    /// <summary>HubSpot's id of the pipeline, such as `default`: what a deal's `pipelineId` holds.</summary>
    public required string Id { get; set; }

    /// <summary>The name people see.</summary>
    public required string Label { get; set; }

    /// <summary>The place among the pipelines, from 0.</summary>
    public int DisplayOrder { get; set; }

    /// <summary>The stages, in no order unless one is asked for.</summary>
    public List<DealStage> Stages { get; set; } = [];
}
