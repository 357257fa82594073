using Lucitra.Graph.Database;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Links;

/// <summary>
/// Keeps what HubSpot tells of links between deals and contacts, the last word winning for each, within the transaction of
/// its scope. <c>deal_contacts</c> follows from it (<see cref="RecordLinks"/>).
/// </summary>
internal sealed class LinkBook(LucitraDbContext db)
{
    private const int IdsPerQuery = 500;

    private readonly Dictionary<(LinkedPair Pair, string Label), HubSpotLink> _links = [];

    /// <summary>Reads what is known of these deals' and contacts' links.</summary>
    public async Task LoadAsync(long portalId, IReadOnlyCollection<long> deals, IReadOnlyCollection<long> contacts, CancellationToken cancellationToken)
    {
        foreach (var ids in deals.Chunk(IdsPerQuery))
            Know(await db.HubSpotLinks.Where(link => link.PortalId == portalId && ids.Contains(link.DealObjectId)).ToListAsync(cancellationToken));
        foreach (var ids in contacts.Chunk(IdsPerQuery))
            Know(await db.HubSpotLinks.Where(link => link.PortalId == portalId && ids.Contains(link.ContactObjectId)).ToListAsync(cancellationToken));
    }

    /// <summary>Whether any loaded link joins the pair.</summary>
    public bool IsLinked(LinkedPair pair) => _links.Any(one => one.Key.Pair == pair && one.Value.IsLinked);

    /// <summary>Whether a loaded link of the pair was written here, and HubSpot has not taken it yet.</summary>
    public bool IsUnsent(LinkedPair pair) => _links.Any(one => one.Key.Pair == pair && one.Value.IsUnsent);

    /// <summary>Every loaded pair, linked or not.</summary>
    public IReadOnlyList<LinkedPair> Pairs() => [.. _links.Keys.Select(key => key.Pair).Distinct()];

    /// <summary>Takes an event's word on a loaded link. False when a later word is known; where two come in one millisecond, a link stays.</summary>
    public bool Tell(LinkedPair pair, string label, bool isLinked, DateTime at, bool isUnsent = false)
    {
        if (_links.TryGetValue((pair, label), out var link))
        {
            if (at < link.At || (at == link.At && (link.IsLinked || !isLinked)))
                return false;
            (link.IsLinked, link.At, link.IsUnsent) = (isLinked, at, isUnsent);
            return true;
        }

        var added = Add(db, pair, label, isLinked, at);
        added.IsUnsent = isUnsent;
        _links[(pair, label)] = added;
        return true;
    }

    /// <summary>
    /// Takes the word of a read that found a record linked to exactly <paramref name="others"/>, knowing every change up to
    /// <paramref name="asOf"/>. What came after that stays as it is.
    /// </summary>
    public void Observe(string objectType, long portalId, long objectId, IReadOnlyCollection<long> others, DateTime asOf)
    {
        var found = others.Select(other => LinkedPair.Of(objectType, portalId, objectId, other)).ToHashSet();
        foreach (var ((pair, _), link) in _links.Where(one => one.Key.Pair.Has(objectType, portalId, objectId) && one.Value is { IsUnsent: false } link && link.At <= asOf))
            (link.IsLinked, link.At) = (link.IsLinked && found.Contains(pair), asOf);
        foreach (var pair in found.Where(pair => !IsLinked(pair) && !IsUnsent(pair)))
            Tell(pair, "", isLinked: true, asOf);
    }

    /// <summary>Gives the loaded links of a pair to the pair that its ids stand for now.</summary>
    public void Rename(LinkedPair from, LinkedPair to)
    {
        foreach (var ((_, label), link) in _links.Where(one => one.Key.Pair == from).ToList())
        {
            _links.Remove((from, label));
            db.Remove(link);
            Tell(to, label, link.IsLinked, link.At, link.IsUnsent);
        }
    }

    /// <summary>Notes a link of which nothing was known.</summary>
    public static HubSpotLink Add(LucitraDbContext db, LinkedPair pair, string label, bool isLinked, DateTime at)
    {
        var link = new HubSpotLink
        {
            PortalId = pair.PortalId,
            DealObjectId = pair.DealObjectId,
            ContactObjectId = pair.ContactObjectId,
            Label = label,
            IsLinked = isLinked,
            At = at,
        };
        db.Add(link);
        return link;
    }

    private void Know(List<HubSpotLink> links)
    {
        foreach (var link in links)
            _links.TryAdd(Key(link), link);
    }

    private static (LinkedPair Pair, string Label) Key(HubSpotLink link) => (new LinkedPair(link.PortalId, link.DealObjectId, link.ContactObjectId), link.Label);
}
