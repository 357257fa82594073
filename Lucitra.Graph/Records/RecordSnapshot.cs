using Lucitra.Webhooks.Crm;

namespace Lucitra.Graph.Records;

/// <summary>What HubSpot's API said of records of one object type.</summary>
/// <param name="PortalId">The HubSpot account.</param>
/// <param name="Properties">The properties that were asked for: what HubSpot did not give of them is empty.</param>
/// <param name="ReadAt">When it was read, by HubSpot's clock; nothing that happened after it is judged by it.</param>
internal sealed record RecordSnapshot(long PortalId, IReadOnlyCollection<string> Properties, DateTime ReadAt)
{
    /// <summary>Records as HubSpot has them, live and archived.</summary>
    public IReadOnlyList<HubSpotObject> Found { get; init; } = [];

    /// <summary>Ids that were answered with another record: HubSpot merged theirs into it.</summary>
    public IReadOnlyList<(RecordKey Merged, RecordKey Into)> Merged { get; init; } = [];

    /// <summary>Ids that HubSpot has neither live nor archived.</summary>
    public IReadOnlyList<RecordKey> Gone { get; init; } = [];

    /// <summary>By id, all records of the other type that it is linked to.</summary>
    public IReadOnlyDictionary<RecordKey, IReadOnlyCollection<long>> Links { get; init; } = new Dictionary<RecordKey, IReadOnlyCollection<long>>();

    /// <summary>Up to when the links are certain: HubSpot's index of them lags.</summary>
    public DateTime LinksAsOf { get; init; }
}
