using System.Text.Json.Serialization;

namespace Lucitra.Graph.Records;

/// <summary>When and by what a property got its value.</summary>
/// <param name="At">When the value was set, by the clock of whoever set it.</param>
/// <param name="Source">HubSpot's changeSource, or <see cref="ApiSource"/> for a write to this service.</param>
/// <param name="SourceId">Who within the source: HubSpot's sourceId, or the caller of this service.</param>
/// <param name="EventId">The webhook event that told it; null for a write to this service.</param>
/// <param name="AsOf">
/// The last change of the record, by HubSpot's clock, up to which a read of it confirmed the value; null when none did.
/// </param>
/// <param name="IsUnsent">The value was written here, and HubSpot has not taken it yet.</param>
internal sealed record Stamp(
    DateTime At,
    string? Source,
    string? SourceId,
    Guid? EventId,
    DateTime? AsOf = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsUnsent = false)
{
    /// <summary>The source of values that were read from HubSpot and that no event had told.</summary>
    public const string ReadSource = "HUBSPOT_READ";

    /// <summary>The source of values written through GraphQL or REST.</summary>
    public const string ApiSource = "LUCITRA_API";

    /// <summary>Up to when nothing older can be news.</summary>
    [JsonIgnore]
    public DateTime Until => AsOf > At ? AsOf.Value : At;
}
