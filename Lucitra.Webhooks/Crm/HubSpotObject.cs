using System.Text.Json.Serialization;

namespace Lucitra.Webhooks.Crm;

/// <summary>A record as HubSpot's API tells it.</summary>
/// <param name="Id">Unique within portal and object type. After a merge not the id that was asked for.</param>
/// <param name="Properties">Those asked for, by internal name. An empty one is null or missing.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC; HubSpot's time of the last change to any property.</param>
/// <param name="IsArchived">Whether it is in HubSpot's recycle bin.</param>
/// <param name="ArchivedAt">UTC; null unless archived.</param>
public sealed record HubSpotObject(
    string Id,
    IReadOnlyDictionary<string, string?> Properties,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    [property: JsonPropertyName("archived")] bool IsArchived = false,
    DateTime? ArchivedAt = null);
