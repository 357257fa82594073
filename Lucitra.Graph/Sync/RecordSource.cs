using System.Globalization;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;

namespace Lucitra.Graph.Sync;

/// <summary>Reads records of one type from one HubSpot account, and finds out what became of those that are not there.</summary>
internal sealed class RecordSource(HubSpotClient portal, string objectType, IReadOnlyList<string> properties, HubSpotCallPriority priority)
{
    public bool IsOfDeals => objectType == HubSpotObjectTypes.Deal;

    private string OtherType => IsOfDeals ? HubSpotObjectTypes.Contact : HubSpotObjectTypes.Deal;

    /// <summary>What HubSpot has of up to <see cref="HubSpotClient.MaxBatch"/> records: live, archived, merged into others, or not at all.</summary>
    public async Task<RecordSnapshot> ReadAsync(IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken)
    {
        var live = await portal.BatchReadAsync(objectType, [.. keys.Select(key => key.HubSpotId)], properties, archived: false, priority, cancellationToken);
        if (live.Missing.Count == 0)
            return new RecordSnapshot(portal.PortalId, properties, live.ReadAt) { Found = live.Found };

        var archived = await portal.BatchReadAsync(objectType, live.Missing, properties, archived: true, priority, cancellationToken);
        var found = live.Found.Concat(archived.Found).ToList();
        var merged = new List<(RecordKey, RecordKey)>();
        var gone = new List<RecordKey>();

        // What neither has may be merged, or may have been dropped silently: asked for alone, HubSpot tells.
        foreach (var id in archived.Missing)
        {
            if (await portal.ReadAsync(objectType, id, properties, archived: false, priority, cancellationToken) is not { } survivor)
            {
                gone.Add(KeyOf(id));
                continue;
            }

            if (survivor.Id != id)
                merged.Add((KeyOf(id), KeyOf(survivor.Id)));
            if (!found.Exists(one => one.Id == survivor.Id))
                found.Add(survivor);
        }

        return new RecordSnapshot(portal.PortalId, properties, live.ReadAt) { Found = found, Merged = merged, Gone = gone };
    }

    /// <summary>Adds the links of these records, which are certain up to <paramref name="lag"/> before they were read.</summary>
    public async Task<RecordSnapshot> WithLinksAsync(RecordSnapshot snapshot, IReadOnlyCollection<RecordKey> keys, TimeSpan lag, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
            return snapshot;

        var links = await portal.LinksAsync(objectType, [.. keys.Select(key => key.HubSpotId)], OtherType, priority, cancellationToken);
        return snapshot with
        {
            Links = keys.Distinct().ToDictionary(
                key => key,
                key => (IReadOnlyCollection<long>)[.. links.ByFrom[key.HubSpotId].Select(id => long.Parse(id, CultureInfo.InvariantCulture))]),
            LinksAsOf = links.ReadAt - lag,
        };
    }

    /// <summary>The records of a snapshot that are live: only their links say anything.</summary>
    public IReadOnlyCollection<RecordKey> LiveOf(RecordSnapshot snapshot) =>
        [.. snapshot.Found.Where(one => !one.IsArchived).Select(one => KeyOf(one.Id))];

    private RecordKey KeyOf(string id) => new(portal.PortalId, long.Parse(id, CultureInfo.InvariantCulture));
}
