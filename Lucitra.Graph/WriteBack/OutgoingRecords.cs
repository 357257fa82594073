using System.Collections.Frozen;
using System.Globalization;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Links;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Erasure;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.WriteBack;

/// <summary>One kind of record, for those who send. Scoped.</summary>
internal interface IOutgoingRecords
{
    string ObjectType { get; }

    /// <summary>What the records of these rows have to send; records that are there no more are left out.</summary>
    Task<IReadOnlyList<OutgoingRecord>> LoadAsync(IReadOnlyCollection<HubSpotSync> rows, CancellationToken cancellationToken);

    /// <summary>The record, to note what became of it.</summary>
    Task<SettledRecord?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Makes HubSpot's id stand for a record that was created from here. A record that webhooks have made of it meanwhile is
    /// merged into it. False when the id stands for another record that was created from here.
    /// </summary>
    Task<bool> BindAsync(CrmRecord record, RecordKey key, DateTime createdAt, CancellationToken cancellationToken);

    /// <summary>Erases a record that was created from here, if HubSpot had the data of the person its id stands for deleted before it was answered.</summary>
    Task<bool> EraseAsync(CrmRecord record, RecordKey key, CancellationToken cancellationToken);
}

/// <summary>A record whose sending is to be noted, with its values as text.</summary>
/// <param name="Record">The record.</param>
/// <param name="Read">The present value of a property.</param>
/// <param name="Canonical">A text as <paramref name="Read"/> would give it.</param>
internal sealed record SettledRecord(CrmRecord Record, Func<string, string?> Read, Func<string, string?, string?> Canonical)
{
    /// <summary>Whether two texts are the same value of a property.</summary>
    public bool AreEqual(string property, string? one, string? other) => PropertyText.AreEqual(Canonical(property, one), Canonical(property, other));
}

/// <summary>What both kinds do in the same way.</summary>
internal abstract class OutgoingRecords<T>(
    LucitraDbContext db, RecordJournal journal, RecordLinks links, TimeProvider clock, FrozenDictionary<string, PropertyColumn<T>> columns) : IOutgoingRecords
    where T : CrmRecord, new()
{
    protected LucitraDbContext Db => db;

    protected RecordJournal Journal => journal;

    protected TimeProvider Clock => clock;

    public abstract string ObjectType { get; }

    public async Task<IReadOnlyList<OutgoingRecord>> LoadAsync(IReadOnlyCollection<HubSpotSync> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(row => row.RecordId).ToList();
        var records = await db.Set<T>().AsNoTracking().Where(record => ids.Contains(record.Id)).ToDictionaryAsync(record => record.Id, cancellationToken);
        var outgoing = rows
            .Where(row => records.ContainsKey(row.RecordId))
            .Select(row => OutgoingRecord.Of(row, records[row.RecordId], new RecordValues<T>(records[row.RecordId], columns).Read));
        return await WithLinksAsync([.. outgoing], [.. records.Values.Where(record => record.ArchivedAt is null)], cancellationToken);
    }

    public async Task<SettledRecord?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await db.Set<T>().FindAsync([id], cancellationToken) is not { } record)
            return null;
        var values = new RecordValues<T>(record, columns);
        return new SettledRecord(record, values.Read, values.Canonical);
    }

    public async Task<bool> BindAsync(CrmRecord record, RecordKey key, DateTime createdAt, CancellationToken cancellationToken)
    {
        var news = new LinkNews(new Stamp(clock.UtcNow(), Stamp.ReadSource, null, null));
        if (await db.HubSpotRecords.FindAsync([key.PortalId, ObjectType, key.ObjectId], cancellationToken) is not { } name)
        {
            db.Add(new HubSpotRecord { PortalId = key.PortalId, ObjectType = ObjectType, ObjectId = key.ObjectId, RecordId = record.Id });
        }
        else if (name.RecordId != record.Id)
        {
            if (await AbsorbAsync((T)record, name, news, cancellationToken) is not { } current)
                return false;
            key = current;
        }

        (record.PortalId, record.HubSpotId) = (key.PortalId, key.HubSpotId);
        record.Stamps = new(record.Stamps) { [LifeStamps.Created] = new Stamp(createdAt, Stamp.ApiSource, null, null) };
        news.Made.Add((ObjectType, key));
        await db.SaveChangesAsync(cancellationToken);
        await links.SettleAsync(news, cancellationToken);
        return true;
    }

    public virtual Task<bool> EraseAsync(CrmRecord record, RecordKey key, CancellationToken cancellationToken) => Task.FromResult(false);

    protected virtual Task<IReadOnlyList<OutgoingRecord>> WithLinksAsync(
        IReadOnlyList<OutgoingRecord> outgoing, IReadOnlyList<T> live, CancellationToken cancellationToken) => Task.FromResult(outgoing);

    /// <summary>Takes in the record that a name stands for; gives the name by which HubSpot knows it, which is another one after a merge.</summary>
    private async Task<RecordKey?> AbsorbAsync(T record, HubSpotRecord name, LinkNews news, CancellationToken cancellationToken)
    {
        var second = new RecordEdit<T>(await db.Set<T>().SingleAsync(one => one.Id == name.RecordId, cancellationToken), isNew: false, columns);
        if (second.Record.IsOwn())
            return null;

        var first = new RecordEdit<T>(record, isNew: false, columns);
        first.Absorb(second);
        second.MergeInto(record.Id, news.Stamp);
        foreach (var alias in await db.HubSpotRecords.Where(alias => alias.RecordId == second.Record.Id).ToListAsync(cancellationToken))
            alias.RecordId = record.Id;
        await Outbox.MoveAsync(db, second.Record.Id, record, clock.UtcNow(), cancellationToken);
        journal.Write(db, [first, second]);
        news.Ended.Add((second.Record.Id, record.Id));
        return new RecordKey(name.PortalId, long.Parse(second.Record.HubSpotId!, CultureInfo.InvariantCulture));
    }
}

/// <summary>Contacts.</summary>
internal sealed class OutgoingContacts(
    LucitraDbContext db, RecordJournal journal, RecordLinks links, InboxErasure inbox, RecordErasure erasure, TimeProvider clock)
    : OutgoingRecords<Contact>(db, journal, links, clock, ContactProperties.Columns)
{
    public override string ObjectType => HubSpotObjectTypes.Contact;

    public override async Task<bool> EraseAsync(CrmRecord record, RecordKey key, CancellationToken cancellationToken)
    {
        if ((await inbox.FindAsync([new HubSpotObjectId(key.PortalId, ObjectType, key.ObjectId)], cancellationToken)).Count == 0)
            return false;

        var edit = new RecordEdit<Contact>((Contact)record, isNew: false, ContactProperties.Columns);
        await erasure.EraseAsync(key, edit, new Stamp(Clock.UtcNow(), Stamp.ReadSource, null, null), cancellationToken);
        Journal.Write(Db, [edit]);
        return true;
    }
}

/// <summary>Deals, which have the links.</summary>
internal sealed class OutgoingDeals(LucitraDbContext db, RecordJournal journal, RecordLinks links, TimeProvider clock)
    : OutgoingRecords<Deal>(db, journal, links, clock, DealProperties.Columns)
{
    public override string ObjectType => HubSpotObjectTypes.Deal;

    /// <summary>Links written here since HubSpot knows both records, and those from before of which HubSpot has never told.</summary>
    protected override async Task<IReadOnlyList<OutgoingRecord>> WithLinksAsync(
        IReadOnlyList<OutgoingRecord> outgoing, IReadOnlyList<Deal> live, CancellationToken cancellationToken)
    {
        var liveIds = live.Select(deal => deal.Id).ToHashSet();
        outgoing = [.. outgoing.Select(one => one with { LeavesLinksOut = !liveIds.Contains(one.RecordId) })];
        var deals = live.Where(deal => deal.HubSpotId is not null).ToDictionary(deal => long.Parse(deal.HubSpotId!, CultureInfo.InvariantCulture));
        if (deals.Count == 0)
            return outgoing;

        var portalId = deals.Values.First().PortalId!.Value;
        var ids = deals.Values.Select(deal => deal.Id).ToList();
        var told = await Db.HubSpotLinks.AsNoTracking()
            .Where(link => link.PortalId == portalId && deals.Keys.Contains(link.DealObjectId))
            .ToListAsync(cancellationToken);
        var here = await Db.DealContacts
            .Where(row => ids.Contains(row.DealId))
            .Join(Db.Contacts.Where(contact => contact.PortalId == portalId && contact.HubSpotId != null),
                row => row.ContactId, contact => contact.Id, (row, contact) => new { row.DealId, contact.HubSpotId, contact.ArchivedAt })
            .ToListAsync(cancellationToken);
        var known = told.Select(PairOf).ToHashSet();
        var untold = here
            .Select(row => (
                Pair: new LinkedPair(portalId, deals.First(deal => deal.Value.Id == row.DealId).Key, long.Parse(row.HubSpotId!, CultureInfo.InvariantCulture)),
                IsSendable: row.ArchivedAt is null))
            .Where(row => !known.Contains(row.Pair))
            .ToLookup(row => row.IsSendable, row => row.Pair);
        var unsent = told.Where(link => link.IsUnsent).Select(link => (Pair: PairOf(link), link.IsLinked))
            .Concat(untold[true].Select(pair => (Pair: pair, IsLinked: true)))
            .DistinctBy(link => link.Pair)
            .ToLookup(link => deals[link.Pair.DealObjectId].Id);
        var leaving = untold[false].Select(pair => deals[pair.DealObjectId].Id).ToHashSet();
        return [.. outgoing.Select(one => one with { Links = [.. unsent[one.RecordId]], LeavesLinksOut = one.LeavesLinksOut || leaving.Contains(one.RecordId) })];

        static LinkedPair PairOf(HubSpotLink link) => new(link.PortalId, link.DealObjectId, link.ContactObjectId);
    }
}
