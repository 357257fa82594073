using System.Globalization;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Records;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.WriteBack;

/// <summary>
/// Finds a record that HubSpot may have created although nobody heard its answer: among those that an app has created since
/// then, and that stand for no record here, the one with its name or address; or the only one, if most of its values are the same.
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

        var unknown = await UnknownAsync(portal.PortalId, objectType, candidates, cancellationToken);
        return unknown.Where(one => IsNamed(one, with)).OrderByDescending(one => Likeness(one, with)).FirstOrDefault()
            ?? (unknown is [var only] && Likeness(only, with) * 2 >= with.Count ? only : null);
    }

    private static bool IsNamed(HubSpotObject record, IReadOnlyDictionary<string, string> with) =>
        _names.Any(name => with.GetValueOrDefault(name) is { } text && string.Equals(text, record.Properties.GetValueOrDefault(name), StringComparison.OrdinalIgnoreCase));

    private static int Likeness(HubSpotObject record, IReadOnlyDictionary<string, string> with) =>
        with.Count(one => PropertyText.AreEqual(one.Value, record.Properties.GetValueOrDefault(one.Key)));

    private async Task<List<HubSpotObject>> UnknownAsync(long portalId, string objectType, List<HubSpotObject> candidates, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = candidates.ConvertAll(one => long.Parse(one.Id, CultureInfo.InvariantCulture));
        var known = await db.HubSpotRecords
            .Where(alias => alias.PortalId == portalId && alias.ObjectType == objectType && ids.Contains(alias.ObjectId))
            .Select(alias => alias.ObjectId)
            .ToListAsync(cancellationToken);
        return candidates.FindAll(one => !known.Contains(long.Parse(one.Id, CultureInfo.InvariantCulture)));
    }
}
