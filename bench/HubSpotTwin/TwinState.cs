using Lucitra.Twin.State;

namespace Lucitra.Twin;

/// <summary>What is in the portals: the truth that a judge holds others to.</summary>
public sealed class TwinState
{
    private readonly SortedDictionary<long, Portal> _portals = [];

    internal TwinState(IEnumerable<Portal> portals)
    {
        foreach (var portal in portals)
            _portals.Add(portal.Id, portal);
    }

    /// <summary>Whoever reads or changes a portal holds it.</summary>
    internal Lock Gate { get; } = new();

    internal IReadOnlyCollection<Portal> Portals => _portals.Values;

    /// <summary>The private app's token of a portal.</summary>
    public string AccessTokenOf(long portalId) => _portals[portalId].AccessToken;

    /// <summary>The OAuth refresh token of a portal.</summary>
    public string RefreshTokenOf(long portalId) => _portals[portalId].RefreshToken;

    /// <summary>Takes a record out of the recycle bin, which users can and the API cannot.</summary>
    public void Restore(long portalId, string objectType, long id)
    {
        lock (Gate)
            _portals[portalId].Restore(_portals[portalId].Records(ObjectType.Of(objectType)!).All.Single(record => record.Id == id), Actor.User(0));
    }

    public TwinSnapshot Snapshot()
    {
        lock (Gate)
            return new TwinSnapshot(_portals.Values.ToDictionary(portal => portal.Id, Snapshot));
    }

    private static TwinPortal Snapshot(Portal portal) => new(
        portal.Id,
        Snapshot(portal, ObjectType.Contact),
        Snapshot(portal, ObjectType.Deal),
        portal.Records(ObjectType.Contact).Live.SelectMany(contact => LinksOf(portal, contact)).ToHashSet());

    private static IEnumerable<TwinLink> LinksOf(Portal portal, CrmRecord contact) =>
        portal.LiveLinks(contact)
            .GroupBy(link => link.OtherId)
            .Select(deal => new TwinLink(contact.Id, deal.Key, deal.Any(link => link.Kind == LinkKind.DecisionMaker)));

    private static TwinRecords Snapshot(Portal portal, ObjectType type)
    {
        var records = portal.Records(type);
        var all = records.All.Select(record => Snapshot(portal, record)).ToLookup(record => record.ArchivedAt is null);
        return new TwinRecords(
            all[true].ToDictionary(record => record.Id),
            all[false].ToDictionary(record => record.Id),
            records.Aliases.Keys.ToDictionary(alias => alias, records.SurvivorOf),
            records.Erased.ToHashSet());
    }

    private static TwinRecord Snapshot(Portal portal, CrmRecord record) => new(
        record.Id,
        portal.ValuesOf(record),
        DateTimeOffset.FromUnixTimeMilliseconds(record.CreatedAt),
        DateTimeOffset.FromUnixTimeMilliseconds(record.UpdatedAt),
        record.ArchivedAt is { } archivedAt ? DateTimeOffset.FromUnixTimeMilliseconds(archivedAt) : null);
}
