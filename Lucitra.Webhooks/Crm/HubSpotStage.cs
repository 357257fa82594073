using System.Globalization;
using System.Text.Json.Serialization;

namespace Lucitra.Webhooks.Crm;

/// <summary>A stage of a pipeline. Ids are unique within their pipeline only; metadata is text whatever it says.</summary>
public sealed record HubSpotStage(
    string Id,
    string Label,
    int DisplayOrder,
    [property: JsonPropertyName("archived")] bool IsArchived,
    IReadOnlyDictionary<string, string?> Metadata)
{
    /// <summary>Whether a deal in it is settled, won or lost.</summary>
    [JsonIgnore]
    public bool IsClosed => bool.TryParse(Metadata.GetValueOrDefault("isClosed"), out var isClosed) && isClosed;

    /// <summary>From 0 to 1; a closed stage of 1 is won, of 0 lost. Null where HubSpot has none.</summary>
    [JsonIgnore]
    public decimal? Probability =>
        decimal.TryParse(Metadata.GetValueOrDefault("probability"), NumberStyles.Float, CultureInfo.InvariantCulture, out var probability)
            ? probability
            : null;
}
