namespace Lucitra.Graph.Records;

/// <summary>When and by what a property got its value.</summary>
/// <param name="At">When the value was set, by the clock of whoever set it.</param>
/// <param name="Source">HubSpot's changeSource, or <see cref="ApiSource"/> for a write to this service.</param>
/// <param name="SourceId">Who within the source: HubSpot's sourceId, or the caller of this service.</param>
/// <param name="EventId">The webhook event that told it; null for a write to this service.</param>
internal sealed record Stamp(DateTime At, string? Source, string? SourceId, Guid? EventId)
{
    /// <summary>The source of values written through GraphQL or REST.</summary>
    public const string ApiSource = "LUCITRA_API";
}
