using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Links;

/// <summary>
/// Settles links between deals and contacts after the records of a transaction are saved: what was told of links, and what
/// new, merged or read records mean for links told before. One for each time: it knows the names of records as they are then.
/// </summary>
internal sealed class LinkSettlement(LucitraDbContext db, RecordJournal journal, LinkNews news)
{
    private const string Field = "contacts";
    private const string Lock = "hubspot-links";

    private readonly LinkBook _book = new(db);
    private readonly RecordNames _deals = new(db, HubSpotObjectTypes.Deal);
    private readonly RecordNames _contacts = new(db, HubSpotObjectTypes.Contact);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Who makes a record looks for links told before, and who tells a link looks for the records: neither may miss the
        // other's uncommitted row.
        if (news.IsOnlyRecords)
            await db.LockSharedAsync(Lock, cancellationToken);
        else
            await db.LockAsync(Lock, cancellationToken);
        await MoveAsync(cancellationToken);
        await NameAsync(news.Pairs(), cancellationToken);
        await _contacts.LoadAsync(news.Keys(HubSpotObjectTypes.Contact), cancellationToken);
        await _deals.LoadAsync(news.Keys(HubSpotObjectTypes.Deal), cancellationToken);
        foreach (var portalId in news.PortalIds())
            await LoadAsync(portalId, cancellationToken);

        Take();
        var pairs = _book.Pairs();
        await NameAsync(pairs, cancellationToken);
        await ProjectAsync(pairs, cancellationToken);
    }

    // Also links that were made here and that HubSpot does not know.
    private async Task MoveAsync(CancellationToken cancellationToken)
    {
        foreach (var (from, to) in news.Ended)
        {
            var rows = await db.DealContacts.Where(row => row.ContactId == from || row.DealId == from).ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                var moved = row.ContactId == from ? new DealContact { DealId = row.DealId, ContactId = to } : new DealContact { DealId = to, ContactId = row.ContactId };
                db.DealContacts.Remove(row);
                if (await db.DealContacts.FindAsync([moved.ContactId, moved.DealId], cancellationToken) is null)
                    db.DealContacts.Add(moved);
            }

            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private async Task NameAsync(IReadOnlyCollection<LinkedPair> pairs, CancellationToken cancellationToken)
    {
        await _deals.LoadAsync(pairs.Select(pair => new RecordKey(pair.PortalId, pair.DealObjectId)), cancellationToken);
        await _contacts.LoadAsync(pairs.Select(pair => new RecordKey(pair.PortalId, pair.ContactObjectId)), cancellationToken);
    }

    // A told pair is looked up among the links of its deal: deals have few contacts, contacts may have many deals.
    private Task LoadAsync(long portalId, CancellationToken cancellationToken)
    {
        var deals = news.ObjectIds(HubSpotObjectTypes.Deal, portalId)
            .Concat(news.Pairs().Where(pair => pair.PortalId == portalId).Select(pair => pair.DealObjectId));
        var contacts = news.ObjectIds(HubSpotObjectTypes.Contact, portalId);
        return _book.LoadAsync(
            portalId,
            [.. deals.SelectMany(id => new[] { id, _deals.Current(portalId, id) }).Distinct()],
            [.. contacts.SelectMany(id => new[] { id, _contacts.Current(portalId, id) }).Distinct()],
            cancellationToken);
    }

    private void Take()
    {
        foreach (var (objectType, key) in news.Renamed)
        {
            var to = NamesOf(objectType).Current(key.PortalId, key.ObjectId);
            if (to != key.ObjectId)
                _book.Rename(objectType, key.PortalId, [key.ObjectId], to);
        }

        foreach (var told in news.Told)
        {
            if (RecordEvents.IsOwnWrite(told.Event.Fact) && _book.IsUnsent(Current(told.Pair)))
                told.Event.Supersede(RecordEvents.Echo);
            else if (_book.Tell(Current(told.Pair), told.Label, told.IsLinked, told.At))
                told.Event.Apply();
            else
                told.Event.Supersede("SUPERSEDED: a later word on this link was applied before");
        }

        foreach (var (objectType, key, others, asOf) in news.Read)
        {
            var otherNames = NamesOf(objectType == HubSpotObjectTypes.Deal ? HubSpotObjectTypes.Contact : HubSpotObjectTypes.Deal);
            _book.Observe(
                objectType, key.PortalId, NamesOf(objectType).Current(key.PortalId, key.ObjectId),
                [.. others.Select(other => otherNames.Current(key.PortalId, other))], asOf);
        }
    }

    private RecordNames NamesOf(string objectType) => objectType == HubSpotObjectTypes.Deal ? _deals : _contacts;

    private LinkedPair Current(LinkedPair pair) => new(
        pair.PortalId, _deals.Current(pair.PortalId, pair.DealObjectId), _contacts.Current(pair.PortalId, pair.ContactObjectId));

    private async Task ProjectAsync(IReadOnlyList<LinkedPair> pairs, CancellationToken cancellationToken)
    {
        var known = pairs
            .Select(pair => (Pair: pair, Deal: _deals.RecordOf(pair.PortalId, pair.DealObjectId), Contact: _contacts.RecordOf(pair.PortalId, pair.ContactObjectId)))
            .Where(one => one.Deal is not null && one.Contact is not null)
            .ToDictionary(one => (Deal: one.Deal!.Value, Contact: one.Contact!.Value), one => _book.IsLinked(one.Pair));
        if (known.Count == 0)
            return;

        var dealIds = known.Keys.Select(key => key.Deal).Distinct().ToList();
        var contactIds = known.Keys.Select(key => key.Contact).Distinct().ToList();
        var rows = await db.DealContacts.Where(row => dealIds.Contains(row.DealId) && contactIds.Contains(row.ContactId)).ToListAsync(cancellationToken);
        var edits = new Dictionary<Guid, RecordEdit<Deal>>();
        foreach (var ((dealId, contactId), isLinked) in known)
        {
            var row = rows.Find(row => row.DealId == dealId && row.ContactId == contactId);
            if (isLinked == row is not null)
                continue;

            if (row is null)
                db.DealContacts.Add(new DealContact { DealId = dealId, ContactId = contactId });
            else
                db.DealContacts.Remove(row);
            if (!edits.TryGetValue(dealId, out var edit))
                edits[dealId] = edit = new RecordEdit<Deal>(await db.Deals.SingleAsync(deal => deal.Id == dealId, cancellationToken), isNew: false, DealProperties.Columns);
            edit.Note(Field, isLinked ? null : contactId.ToString(), isLinked ? contactId.ToString() : null, news.Stamp);
        }

        journal.Write(db, edits.Values);
    }
}
