using System.Globalization;
using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Links;
using Lucitra.Webhooks.Erasure;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.WriteBack;

/// <summary>Notes what came of sending links, in the transaction of its scope. Scoped.</summary>
internal sealed class SentLinks(LucitraDbContext db, InboxErasure erasure)
{
    /// <summary>
    /// Notes it; false when HubSpot may have links otherwise: it merged one of the records meanwhile, or told of later changes by a
    /// clock that is behind ours, and they counted as earlier ones.
    /// </summary>
    public async Task<bool> TakeAsync(SentRecord sent, CancellationToken cancellationToken)
    {
        var pairs = sent.Linked.Select(one => one.Pair).Concat(sent.RefusedLinks).ToList();
        var names = new LinkNames(db);
        await names.LoadAsync(pairs, cancellationToken);
        var erased = await erasure.FindAsync(pairs.Select(pair => pair.Contact), cancellationToken);
        var linked = sent.Linked.Where(one => !erased.Contains(one.Pair.Contact)).ToList();
        var isSure = linked.TrueForAll(one => names.Current(one.Pair) == one.Pair);
        foreach (var (pair, isLinked, at) in linked)
        {
            foreach (var link in (await OfAsync(names.Current(pair), isLinked, cancellationToken)).Where(link => link.IsLinked == isLinked))
            {
                isSure &= link.At <= at;
                (link.At, link.IsUnsent) = (at, false);
            }
        }

        // What HubSpot does not take is given up: a read says what it has.
        foreach (var pair in sent.RefusedLinks.Where(pair => !erased.Contains(pair.Contact)))
        {
            foreach (var link in await OfAsync(names.Current(pair), isLinked: false, cancellationToken))
                (link.At, link.IsUnsent) = (DateTime.UnixEpoch, false);
        }

        return isSure && sent.RefusedLinks.Count == 0;
    }

    /// <summary>
    /// Gives up the links of a deal that cannot be sent because it or the contact is archived in HubSpot: a read says what HubSpot has
    /// when that comes back.
    /// </summary>
    public async Task YieldAsync(Deal deal, CancellationToken cancellationToken)
    {
        if (deal is not { PortalId: { } portalId, HubSpotId: { } hubSpotId })
            return;

        var isArchived = deal.ArchivedAt is not null;
        var unsendable = await db.DealContacts
            .Where(row => row.DealId == deal.Id)
            .Join(db.Contacts, row => row.ContactId, contact => contact.Id, (_, contact) => contact)
            .Where(contact => contact.PortalId == portalId && contact.HubSpotId != null && (isArchived || contact.ArchivedAt != null))
            .ToListAsync(cancellationToken);
        if (!isArchived && unsendable.Count == 0)
            return;

        var dealObjectId = long.Parse(hubSpotId, CultureInfo.InvariantCulture);
        await db.HubSpotLinks.Where(link => link.PortalId == portalId && link.DealObjectId == dealObjectId).LoadAsync(cancellationToken);
        var told = db.HubSpotLinks.Local.Where(link => link.PortalId == portalId && link.DealObjectId == dealObjectId).ToList();
        foreach (var link in told.Where(link => link.IsUnsent && isArchived))
            (link.At, link.IsUnsent) = (DateTime.UnixEpoch, false);
        foreach (var pair in unsendable.Select(contact => LinkedPair.Of(deal, contact)!.Value))
        {
            if (!told.Exists(link => link.ContactObjectId == pair.ContactObjectId))
                LinkBook.Add(db, pair, "", isLinked: true, DateTime.UnixEpoch);
        }
    }

    /// <summary>The links of a pair that are unsent; the plain one where nothing is known of the pair.</summary>
    private async Task<IEnumerable<HubSpotLink>> OfAsync(LinkedPair pair, bool isLinked, CancellationToken cancellationToken)
    {
        var links = await db.HubSpotLinks
            .Where(link => link.PortalId == pair.PortalId && link.DealObjectId == pair.DealObjectId && link.ContactObjectId == pair.ContactObjectId)
            .ToListAsync(cancellationToken);
        return links.Count == 0 ? [LinkBook.Add(db, pair, "", isLinked, DateTime.UnixEpoch)] : links.Where(link => link.IsUnsent);
    }
}
