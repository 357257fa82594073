using System.Text.Json.Serialization;

namespace Lucitra.Webhooks.Crm;

/// <summary>
/// Definition of a property. Its name is the internal one, which never changes; its type <c>string</c>, <c>number</c>,
/// <c>bool</c>, <c>enumeration</c>, <c>date</c>, <c>datetime</c> or <c>phone_number</c>; the field type is how HubSpot shows it, such as
/// <c>checkbox</c> for several values.
/// </summary>
public sealed record HubSpotProperty(
    string Name,
    string Label,
    string Type,
    string FieldType,
    string? Description = null,
    string? GroupName = null,
    IReadOnlyList<HubSpotPropertyOption>? Options = null,
    [property: JsonPropertyName("calculated")] bool IsCalculated = false,
    bool HasUniqueValue = false,
    [property: JsonPropertyName("hidden")] bool IsHidden = false,
    [property: JsonPropertyName("archived")] bool IsArchived = false,
    HubSpotPropertyRights? ModificationMetadata = null)
{
    /// <summary>Whether values can be written through the API.</summary>
    [JsonIgnore]
    public bool IsReadOnly => IsCalculated || ModificationMetadata is { ReadOnlyValue: true };
}

/// <summary>A value that an enumeration may have: what records hold, and the label that HubSpot shows.</summary>
public sealed record HubSpotPropertyOption(
    string Value, string Label, int DisplayOrder = 0, [property: JsonPropertyName("hidden")] bool IsHidden = false);

/// <summary>What may be changed about a property.</summary>
public sealed record HubSpotPropertyRights(bool ReadOnlyValue = false);
