using System.Globalization;
using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Links;

/// <summary>What HubSpot's ids of one object type stand for, as far as it was asked: the record, and the id by which HubSpot knows it now.</summary>
internal sealed class RecordNames(LucitraDbContext db, string objectType)
{
    private const int IdsPerQuery = 500;

    private readonly HashSet<RecordKey> _asked = [];
    private readonly Dictionary<RecordKey, (Guid RecordId, long ObjectId)> _names = [];

    public async Task LoadAsync(IEnumerable<RecordKey> keys, CancellationToken cancellationToken)
    {
        foreach (var portal in keys.Where(_asked.Add).GroupBy(key => key.PortalId, key => key.ObjectId))
        {
            foreach (var ids in portal.Chunk(IdsPerQuery))
            {
                var aliases = db.HubSpotRecords.Where(alias => alias.PortalId == portal.Key && alias.ObjectType == objectType && ids.Contains(alias.ObjectId));
                var rows = objectType == HubSpotObjectTypes.Deal ? Join(aliases, db.Deals) : Join(aliases, db.Contacts);
                foreach (var (objectId, recordId, hubSpotId) in await rows.ToListAsync(cancellationToken))
                    _names[new RecordKey(portal.Key, objectId)] = (recordId, long.Parse(hubSpotId, CultureInfo.InvariantCulture));
            }
        }
    }

    public Guid? RecordOf(long portalId, long objectId) => _names.TryGetValue(new RecordKey(portalId, objectId), out var name) ? name.RecordId : null;

    /// <summary>The id by which HubSpot knows the record now; the id itself when no record is known.</summary>
    public long Current(long portalId, long objectId) => _names.TryGetValue(new RecordKey(portalId, objectId), out var name) ? name.ObjectId : objectId;

    private static IQueryable<Name> Join<T>(IQueryable<HubSpotRecord> aliases, IQueryable<T> records)
        where T : CrmRecord =>
        aliases.Join(records, alias => alias.RecordId, record => record.Id, (alias, record) => new Name(alias.ObjectId, record.Id, record.HubSpotId!));

    private sealed record Name(long ObjectId, Guid RecordId, string HubSpotId);
}
