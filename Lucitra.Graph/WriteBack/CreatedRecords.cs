using System.Globalization;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.WriteBack;

/// <summary>
/// Finds a record that HubSpot may have created although nobody heard its answer: among those that an app has created since
/// then, and that stand for no other record that was created from here, the one with its name or address; or the only one that
/// stands for none at all, if most of its values are the same. What told of it meanwhile, such as a merge, may have made a record
/// of it here: that one counts if its values are the same, too.
/// </summary>
internal sealed class CreatedRecords(IDbContextFactory<LucitraDbContext> contexts)
{
    private const int MaxPages = 10;
    private const string Source = "hs_object_source";
    private const string AnApp = "INTEGRATION";

    private static readonly string[] _names = [ContactProperties.Email, DealProperties.Name];

    /// <summary>How far HubSpot's clock may be from ours, the time of a call included.</summary>
    public static TimeSpan ClockSkew { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The record of an id, if an app has created it since then.</summary>
    public static async Task<HubSpotObject?> ReadAsync(
        HubSpotClient portal, string objectType, string id, DateTime since, IEnumerable<string> properties, CancellationToken cancellationToken)
    {
        var record = await portal.ReadAsync(objectType, id, [.. properties, Source], archived: false, HubSpotCallPriority.WriteBack, cancellationToken);
        return record?.Properties.GetValueOrDefault(Source) == AnApp && record.CreatedAt >= since - ClockSkew ? record : null;
    }

    public async Task<HubSpotObject?> FindAsync(
        HubSpotClient portal, string objectType, DateTime since, IReadOnlyDictionary<string, string> with, CancellationToken cancellationToken)
    {
        HubSpotFilter[] filters =
        [
            new("createdate", "GTE", new DateTimeOffset(since - ClockSkew).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
            new(Source, "EQ", AnApp),
        ];
        var candidates = new List<HubSpotObject>();
        string? after = null;
        for (var page = 0; page < MaxPages && (page == 0 || after is not null); page++)
        {
            var search = new HubSpotSearch(filters, "createdate", [.. with.Keys], HubSpotSearch.MaxLimit, after);
            var found = await portal.SearchAsync(objectType, search, HubSpotCallPriority.WriteBack, cancellationToken);
            candidates.AddRange(found.Results);
            after = found.After;
        }

        var (unknown, told) = await SortAsync(portal.PortalId, objectType, candidates, cancellationToken);
        return Named(unknown) ?? Named(told.FindAll(IsAlike)) ?? (unknown is [var only] && IsAlike(only) ? only : null);

        HubSpotObject? Named(List<HubSpotObject> records) => records.Where(one => IsNamed(one, with)).MaxBy(one => Likeness(one, with));

        bool IsAlike(HubSpotObject record) => Likeness(record, with) * 2 >= with.Count;
    }

    private static bool IsNamed(HubSpotObject record, IReadOnlyDictionary<string, string> with) =>
        _names.Any(name => with.GetValueOrDefault(name) is { } text && string.Equals(text, record.Properties.GetValueOrDefault(name), StringComparison.OrdinalIgnoreCase));

    private static int Likeness(HubSpotObject record, IReadOnlyDictionary<string, string> with) =>
        with.Count(one => PropertyText.AreEqual(one.Value, record.Properties.GetValueOrDefault(one.Key)));

    // Those that stand for no record here, and those that stand for one that was not created from here.
    private async Task<(List<HubSpotObject> Unknown, List<HubSpotObject> Told)> SortAsync(
        long portalId, string objectType, List<HubSpotObject> candidates, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = candidates.ConvertAll(IdOf);
        var known = await db.HubSpotRecords
            .Where(alias => alias.PortalId == portalId && alias.ObjectType == objectType && ids.Contains(alias.ObjectId))
            .ToDictionaryAsync(alias => alias.ObjectId, alias => alias.RecordId, cancellationToken);
        var own = objectType == HubSpotObjectTypes.Deal
            ? await OwnAsync(db.Deals, [.. known.Values], cancellationToken)
            : await OwnAsync(db.Contacts, [.. known.Values], cancellationToken);
        return (
            candidates.FindAll(one => !known.ContainsKey(IdOf(one))),
            candidates.FindAll(one => known.TryGetValue(IdOf(one), out var record) && !own.Contains(record)));
    }

    private static async Task<HashSet<Guid>> OwnAsync<T>(IQueryable<T> records, List<Guid> ids, CancellationToken cancellationToken)
        where T : CrmRecord
    {
        var found = await records.AsNoTracking().Where(record => ids.Contains(record.Id)).ToListAsync(cancellationToken);
        return [.. found.Where(record => record.IsOwn()).Select(record => record.Id)];
    }

    private static long IdOf(HubSpotObject record) => long.Parse(record.Id, CultureInfo.InvariantCulture);
}
