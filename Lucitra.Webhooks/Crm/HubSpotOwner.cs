using System.Text.Json.Serialization;

namespace Lucitra.Webhooks.Crm;

/// <summary>
/// A user or queue that records can belong to. <c>hubspot_owner_id</c> holds its id, not that of the user, which is null once
/// the user is deactivated.
/// </summary>
public sealed record HubSpotOwner(
    string Id,
    string? Email = null,
    string? FirstName = null,
    string? LastName = null,
    string? UserId = null,
    [property: JsonPropertyName("archived")] bool IsArchived = false);
