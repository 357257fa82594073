using System.Globalization;
using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.WriteBack;

/// <summary>
/// Finds records that HubSpot may have created although nobody heard its answer. It is, for each, among those that an app has created since
/// then, and that stand for no other record that was created from here, the one with its name or address; or the only one that
/// stands for none at all and has all of its values but one. Users may have archived it meanwhile, or merged it, which no search
/// shows: webhooks name it. What told of it, such as a merge, may have made a record of it here: that one counts if most of its
/// values are the same, too.
/// </summary>
internal sealed class CreatedRecords(IDbContextFactory<LucitraDbContext> contexts)
{
    private const int MaxPages = 10;
    private const int MaxTold = 1000;
    private const string Source = "hs_object_source";

    // An index begins with it.
    private static readonly WebhookEventStatus[] _anyStatus = Enum.GetValues<WebhookEventStatus>();

    /// <summary>How far HubSpot's clock may be from ours, the time of a call included.</summary>
    public static TimeSpan ClockSkew { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The record of an id, if an app has created it since then.</summary>
    public static async Task<HubSpotObject?> ReadAsync(
        HubSpotClient portal, string objectType, string id, DateTime since, IEnumerable<string> properties, CancellationToken cancellationToken)
    {
        var record = await portal.ReadAsync(objectType, id, [.. properties, Source], archived: false, HubSpotCallPriority.WriteBack, cancellationToken);
        return record?.Properties.GetValueOrDefault(Source) == RecordEvents.AnApp && record.CreatedAt >= since - ClockSkew ? record : null;
    }

    /// <summary>The records that HubSpot has of these creations, each for one of them.</summary>
    public async Task<IReadOnlyDictionary<LostCreation, HubSpotObject>> FindAsync(
        HubSpotClient portal, string objectType, IReadOnlyCollection<LostCreation> lost, CancellationToken cancellationToken)
    {
        var earliest = lost.Min(one => one.Since) - ClockSkew;
        string[] properties = [.. lost.SelectMany(one => one.With.Keys).Distinct()];
        var searched = await SearchAsync(portal, objectType, earliest, properties, cancellationToken);
        var latest = lost.Max(one => one.Since) + ClockSkew;
        var named = await ReadToldAsync(portal, objectType, earliest, latest, properties, searched, cancellationToken);
        var (unknown, told) = await SortAsync(portal.PortalId, objectType, [.. searched, .. named], cancellationToken);

        var found = new Dictionary<LostCreation, HubSpotObject>();
        foreach (var one in lost)
            Take(one, one.Named(unknown.FindAll(IsOf(one))) ?? one.Named(told.FindAll(one.IsAlike)));
        foreach (var one in lost.Where(one => !found.ContainsKey(one)))
            Take(one, unknown.FindAll(IsOf(one)).FindAll(one.IsNearly) is [var only] ? only : null);
        return found;

        // A merge leaves the time of the older record.
        Predicate<HubSpotObject> IsOf(LostCreation one) => record => record.CreatedAt >= one.Since - ClockSkew || named.Contains(record);

        void Take(LostCreation one, HubSpotObject? record)
        {
            if (record is null)
                return;
            found[one] = record;
            unknown.Remove(record);
            told.Remove(record);
        }
    }

    private static async Task<List<HubSpotObject>> SearchAsync(
        HubSpotClient portal, string objectType, DateTime earliest, IReadOnlyList<string> properties, CancellationToken cancellationToken)
    {
        HubSpotFilter[] filters =
        [
            new("createdate", "GTE", new DateTimeOffset(earliest).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
            new(Source, "EQ", RecordEvents.AnApp),
        ];
        var candidates = new List<HubSpotObject>();
        string? after = null;
        for (var page = 0; page < MaxPages && (page == 0 || after is not null); page++)
        {
            var search = new HubSpotSearch(filters, "createdate", properties, HubSpotSearch.MaxLimit, after);
            var found = await portal.SearchAsync(objectType, search, HubSpotCallPriority.WriteBack, cancellationToken);
            candidates.AddRange(found.Results);
            after = found.After;
        }

        return candidates;
    }

    // The records whose creation by this app webhooks have told of, and that are not among those found.
    private async Task<List<HubSpotObject>> ReadToldAsync(
        HubSpotClient portal, string objectType, DateTime earliest, DateTime latest, string[] properties, List<HubSpotObject> found, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = await ToldAsync(db, portal.PortalId, objectType, earliest, latest, cancellationToken);
        var records = await RecordsOfAsync(db, portal.PortalId, objectType, ids, cancellationToken);

        // Of one that stands for a record from here nothing is open; to another one a merge may have given another id.
        var asked = ids.Where(id => records.GetValueOrDefault(id)?.IsOwn() != true)
            .Select(id => records.TryGetValue(id, out var record) ? record.HubSpotId : id.ToString(CultureInfo.InvariantCulture))
            .OfType<string>().Except(found.Select(one => one.Id)).ToList();
        var read = new List<HubSpotObject>();
        foreach (var chunk in asked.Chunk(HubSpotClient.MaxBatch))
        {
            var live = await portal.BatchReadAsync(objectType, chunk, properties, archived: false, HubSpotCallPriority.WriteBack, cancellationToken);
            var others = chunk.Except(live.Found.Select(one => one.Id)).ToList();
            var archived = await portal.BatchReadAsync(objectType, others, properties, archived: true, HubSpotCallPriority.WriteBack, cancellationToken);
            read.AddRange([.. live.Found, .. archived.Found]);
        }

        return read;
    }

    // However many others were created since, and by which apps: those of this app at the time.
    private static async Task<List<long>> ToldAsync(
        LucitraDbContext db, long portalId, string objectType, DateTime earliest, DateTime latest, CancellationToken cancellationToken)
    {
        var created = db.WebhookEvents.AsNoTracking()
            .Where(row => _anyStatus.Contains(row.Status) && row.ReceivedAt >= earliest && row.OccurredAt <= latest && row.PortalId == portalId
                && row.ObjectType == objectType && row.Kind == HubSpotEventKinds.Creation && row.ChangeSource == RecordEvents.AnApp && row.ObjectId != null)
            .OrderBy(row => row.ReceivedAt)
            .Select(row => new { Id = row.ObjectId!.Value, row.ChangeSource, row.AppId, row.SourceId });
        var ids = new List<long>();
        await foreach (var one in created.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (RecordEvents.IsOwnWrite(one.ChangeSource, one.AppId, one.SourceId))
                ids.Add(one.Id);
            if (ids.Count == MaxTold)
                break;
        }

        return ids;
    }

    // Those that stand for no record here, and those that stand for one that was not created from here.
    private async Task<(List<HubSpotObject> Unknown, List<HubSpotObject> Told)> SortAsync(
        long portalId, string objectType, List<HubSpotObject> candidates, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await RecordsOfAsync(db, portalId, objectType, candidates.ConvertAll(IdOf), cancellationToken);
        return (
            candidates.FindAll(one => !known.ContainsKey(IdOf(one))),
            candidates.FindAll(one => known.TryGetValue(IdOf(one), out var record) && !record.IsOwn()));
    }

    private static async Task<Dictionary<long, CrmRecord>> RecordsOfAsync(
        LucitraDbContext db, long portalId, string objectType, List<long> ids, CancellationToken cancellationToken)
    {
        var aliases = await db.HubSpotRecords
            .Where(alias => alias.PortalId == portalId && alias.ObjectType == objectType && ids.Contains(alias.ObjectId))
            .ToDictionaryAsync(alias => alias.ObjectId, alias => alias.RecordId, cancellationToken);
        var records = objectType == HubSpotObjectTypes.Deal
            ? await ReadAsync(db.Deals, aliases.Values, cancellationToken)
            : await ReadAsync(db.Contacts, aliases.Values, cancellationToken);
        return aliases.Where(alias => records.ContainsKey(alias.Value)).ToDictionary(alias => alias.Key, alias => records[alias.Value]);
    }

    private static async Task<Dictionary<Guid, CrmRecord>> ReadAsync<T>(IQueryable<T> records, IEnumerable<Guid> ids, CancellationToken cancellationToken)
        where T : CrmRecord
    {
        var found = await records.AsNoTracking().Where(record => ids.Contains(record.Id)).ToListAsync(cancellationToken);
        return found.ToDictionary(record => record.Id, CrmRecord (record) => record);
    }

    private static long IdOf(HubSpotObject record) => long.Parse(record.Id, CultureInfo.InvariantCulture);
}
