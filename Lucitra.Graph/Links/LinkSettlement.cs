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
    private readonly LinkNames _names = new(db);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Who makes a record looks for links told before, and who tells a link looks for the records: neither may miss the
        // other's uncommitted row.
        if (news.IsOnlyRecords)
            await db.LockSharedAsync(Lock, cancellationToken);
        else
            await db.LockAsync(Lock, cancellationToken);
        await MoveAsync(cancellationToken);
        await _names.LoadAsync(news.Pairs(), cancellationToken);
        await _names.Contacts.LoadAsync(news.Keys(HubSpotObjectTypes.Contact), cancellationToken);
        await _names.Deals.LoadAsync(news.Keys(HubSpotObjectTypes.Deal), cancellationToken);
        foreach (var portalId in news.PortalIds())
            await LoadAsync(portalId, cancellationToken);

        await _names.LoadAsync(_book.Pairs(), cancellationToken);
        Rename();
        Take();
        var pairs = _book.Pairs();
        await _names.LoadAsync(pairs, cancellationToken);
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

    // A told pair is looked up among the links of its deal: deals have few contacts, contacts may have many deals.
    private Task LoadAsync(long portalId, CancellationToken cancellationToken)
    {
        var deals = news.ObjectIds(HubSpotObjectTypes.Deal, portalId)
            .Concat(news.Pairs().Where(pair => pair.PortalId == portalId).Select(pair => pair.DealObjectId));
        var contacts = news.ObjectIds(HubSpotObjectTypes.Contact, portalId);
        return _book.LoadAsync(
            portalId,
            [.. deals.SelectMany(id => new[] { id, _names.Deals.Current(portalId, id) }).Distinct()],
            [.. contacts.SelectMany(id => new[] { id, _names.Contacts.Current(portalId, id) }).Distinct()],
            cancellationToken);
    }

    // Whatever gave an id to another record, and whoever wrote a link by that id at the same time: each link has one name.
    private void Rename()
    {
        foreach (var pair in _book.Pairs())
        {
            if (_names.Current(pair) is var current && current != pair)
                _book.Rename(pair, current);
        }
    }

    private void Take()
    {
        foreach (var told in news.Told)
        {
            if (RecordEvents.IsOwnWrite(told.Event.Fact) && _book.IsUnsent(_names.Current(told.Pair)))
                told.Event.Supersede(RecordEvents.Echo);
            else if (_book.Tell(_names.Current(told.Pair), told.Label, told.IsLinked, told.At))
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

    private RecordNames NamesOf(string objectType) => objectType == HubSpotObjectTypes.Deal ? _names.Deals : _names.Contacts;

    private async Task ProjectAsync(IReadOnlyList<LinkedPair> pairs, CancellationToken cancellationToken)
    {
        var known = pairs
            .Select(pair => (Pair: pair, Records: _names.RecordsOf(pair)))
            .Where(one => one.Records is not null)
            .ToDictionary(one => one.Records!.Value, one => _book.IsLinked(one.Pair));
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
