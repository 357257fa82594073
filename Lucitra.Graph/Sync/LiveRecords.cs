using System.Globalization;
using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Sync;

/// <summary>Which of HubSpot's ids stand for live records here.</summary>
internal static class LiveRecords
{
    /// <summary>Those of the ids whose record is live here under that id or another.</summary>
    public static async Task<List<RecordKey>> AmongAsync(
        LucitraDbContext db, string objectType, long portalId, IEnumerable<string> hubSpotIds, CancellationToken cancellationToken)
    {
        var ids = hubSpotIds.Select(id => long.Parse(id, CultureInfo.InvariantCulture)).ToList();
        var aliases = db.HubSpotRecords.Where(alias => alias.PortalId == portalId && alias.ObjectType == objectType && ids.Contains(alias.ObjectId));
        var live = objectType == HubSpotObjectTypes.Deal ? Live(aliases, db.Deals) : Live(aliases, db.Contacts);
        return (await live.ToListAsync(cancellationToken)).ConvertAll(id => new RecordKey(portalId, id));
    }

    private static IQueryable<long> Live<T>(IQueryable<HubSpotRecord> aliases, IQueryable<T> records)
        where T : CrmRecord =>
        aliases.Join(records.Where(record => record.ArchivedAt == null), alias => alias.RecordId, record => record.Id, (alias, _) => alias.ObjectId);
}
