using System.Collections.Frozen;
using System.Globalization;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Sync;

/// <summary>The records of one type and account as they are here, in the form in which they are compared.</summary>
internal sealed class RecordsHere(
    IDbContextFactory<LucitraDbContext> contexts, PropertyRegistry registry, string objectType, long portalId, IReadOnlyList<string> properties)
{
    private readonly bool _areDeals = objectType == HubSpotObjectTypes.Deal;
    private readonly string[] _compared = [.. properties.Where(name => !OwnProperties.Contains(name))];

    /// <summary>What each id from <paramref name="above"/> (not included) to <paramref name="to"/> stands for.</summary>
    public Task<Dictionary<long, RecordHere>> RangeAsync(long above, long to, CancellationToken cancellationToken) =>
        LoadAsync(alias => alias.Where(one => one.ObjectId > above && one.ObjectId <= to), cancellationToken);

    /// <summary>What each of these ids stands for; those not known are left out.</summary>
    public Task<Dictionary<long, RecordHere>> FindAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken) =>
        LoadAsync(alias => alias.Where(one => ids.Contains(one.ObjectId)), cancellationToken);

    /// <summary>HubSpot's record as it is compared.</summary>
    public ComparedRecord Compared(HubSpotObject there, IEnumerable<long> links) => _areDeals
        ? Compared(there, links, DealProperties.Columns)
        : Compared(there, links, ContactProperties.Columns);

    private ComparedRecord Compared<T>(HubSpotObject there, IEnumerable<long> links, FrozenDictionary<string, PropertyColumn<T>> columns)
        where T : CrmRecord, new()
    {
        var values = new RecordValues<T>(new T(), columns);
        return new ComparedRecord(
            long.Parse(there.Id, CultureInfo.InvariantCulture), ValuesOf(name => values.Canonical(name, there.Properties.GetValueOrDefault(name))), [.. links.Order()]);
    }

    private async Task<Dictionary<long, RecordHere>> LoadAsync(
        Func<IQueryable<HubSpotRecord>, IQueryable<HubSpotRecord>> choose, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var aliases = choose(db.HubSpotRecords.Where(alias => alias.PortalId == portalId && alias.ObjectType == objectType));
        return _areDeals
            ? await LoadAsync(aliases, db.Deals, DealProperties.Columns, await LinksAsync(db, aliases, cancellationToken), cancellationToken)
            : await LoadAsync(aliases, db.Contacts, ContactProperties.Columns, [], cancellationToken);
    }

    private async Task<Dictionary<long, RecordHere>> LoadAsync<T>(
        IQueryable<HubSpotRecord> aliases,
        IQueryable<T> records,
        FrozenDictionary<string, PropertyColumn<T>> columns,
        Dictionary<Guid, List<long>> links,
        CancellationToken cancellationToken)
        where T : CrmRecord
    {
        var rows = await aliases.Join(records.AsNoTracking(), alias => alias.RecordId, record => record.Id, (alias, record) => new { alias.ObjectId, Record = record })
            .ToListAsync(cancellationToken);
        return rows.ToDictionary(row => row.ObjectId, row =>
        {
            if (row.Record.HubSpotId != row.ObjectId.ToString(CultureInfo.InvariantCulture))
                return new RecordHere(DifferenceKind.MergedHere, null);
            if (row.Record.ArchivedAt is not null)
                return new RecordHere(DifferenceKind.ArchivedHere, null);
            var values = new RecordValues<T>(row.Record, columns);
            return new RecordHere(null, new ComparedRecord(row.ObjectId, ValuesOf(values.Read), [.. links.GetValueOrDefault(row.Record.Id, []).Order()]));
        });
    }

    private SortedDictionary<string, string> ValuesOf(Func<string, string?> read)
    {
        var type = _areDeals ? RecordType.Deal : RecordType.Contact;
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in _compared)
        {
            if (read(name) is { Length: > 0 } text)
                values[name] = ComparedRecord.Canonical(text, registry.TypeOf(type, name));
        }

        return values;
    }

    private async Task<Dictionary<Guid, List<long>>> LinksAsync(LucitraDbContext db, IQueryable<HubSpotRecord> aliases, CancellationToken cancellationToken)
    {
        var rows = await aliases
            .Join(db.DealContacts, alias => alias.RecordId, link => link.DealId, (_, link) => link)
            .Join(db.Contacts.Where(contact => contact.ArchivedAt == null && contact.PortalId == portalId), link => link.ContactId, contact => contact.Id, (link, contact) => new { link.DealId, contact.HubSpotId })
            .Distinct()
            .ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.DealId, row => long.Parse(row.HubSpotId!, CultureInfo.InvariantCulture)).ToDictionary(group => group.Key, group => group.ToList());
    }
}

/// <summary>What an id stands for here.</summary>
/// <param name="Reason">Why it is no live record of its own; null when it is one.</param>
/// <param name="Record">The live record.</param>
internal sealed record RecordHere(DifferenceKind? Reason, ComparedRecord? Record);
