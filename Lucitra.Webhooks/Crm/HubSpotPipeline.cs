using System.Text.Json.Serialization;

namespace Lucitra.Webhooks.Crm;

/// <summary>A pipeline with its stages.</summary>
public sealed record HubSpotPipeline(
    string Id,
    string Label,
    int DisplayOrder,
    [property: JsonPropertyName("archived")] bool IsArchived,
    IReadOnlyList<HubSpotStage> Stages);
