namespace Lucitra.Graph.Deals;

/// <summary>One stage of a pipeline.</summary>
internal sealed class DealStage
{
    /// <summary>Pipeline and stage id together, since HubSpot's stage ids are unique within a pipeline only.</summary>
    public required string Id { get; set; }

    /// <summary>HubSpot's id of the stage's pipeline.</summary>
    public required string PipelineId { get; set; }

    /// <summary>HubSpot's id of the stage, such as `closedwon`: what a deal's `stageId` holds.</summary>
    public required string HubSpotId { get; set; }

    /// <summary>The name people see.</summary>
    public required string Label { get; set; }

    /// <summary>The place among the stages of the pipeline, from 0.</summary>
    public int DisplayOrder { get; set; }

    /// <summary>The chance that a deal in this stage is won, from 0 to 1.</summary>
    public decimal Probability { get; set; }

    /// <summary>Whether a deal in this stage is closed, won or lost.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether a deal in this stage is won.</summary>
    public bool IsWon { get; set; }

    /// <summary>The pipeline the stage belongs to.</summary>
    public Pipeline? Pipeline { get; set; }

    public static string IdOf(string pipelineId, string stageId) => $"{pipelineId}:{stageId}";
}
