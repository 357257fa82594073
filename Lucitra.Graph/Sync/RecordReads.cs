using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Sync;

/// <summary>
/// Remembers, within the transaction of its scope, which records HubSpot has to be asked for. Asking again before the
/// record was read costs nothing more. Where no portal can be read, nothing is remembered. Scoped.
/// </summary>
internal sealed class RecordReads(LucitraDbContext db, HubSpotPortals portals, ReadSignal signal, IOptions<SyncOptions> options, TimeProvider clock)
{
    private const int IdsPerQuery = 500;

    private readonly Dictionary<(string ObjectType, RecordKey Key), RecordReadParts> _asked = [];

    public void Ask(string objectType, RecordKey key, RecordReadParts parts)
    {
        if (portals.MayFind(key.PortalId))
            _asked[(objectType, key)] = _asked.GetValueOrDefault((objectType, key)) | parts;
    }

    /// <summary>Asks for a record with a property whose value an event withheld, if the property is one to read.</summary>
    public void AskWithheld(string objectType, RecordKey key, string? property)
    {
        if (options.Value.SensitiveProperties.Contains(property))
            Ask(objectType, key, RecordReadParts.Record);
    }

    /// <summary>Puts what was asked for among the tracked changes. Does not save.</summary>
    public async Task RememberAsync(CancellationToken cancellationToken)
    {
        if (_asked.Count == 0)
            return;

        var waiting = new Dictionary<(string, RecordKey), RecordRead>();
        foreach (var group in _asked.Keys.GroupBy(key => (key.ObjectType, key.Key.PortalId), key => key.Key.ObjectId))
        {
            foreach (var ids in group.Chunk(IdsPerQuery))
            {
                var reads = await db.RecordReads
                    .Where(read => read.PortalId == group.Key.PortalId && read.ObjectType == group.Key.ObjectType && ids.Contains(read.ObjectId))
                    .ToListAsync(cancellationToken);
                foreach (var read in reads)
                    waiting[(read.ObjectType, new RecordKey(read.PortalId, read.ObjectId))] = read;
            }
        }

        var now = clock.UtcNow();
        foreach (var (key, parts) in _asked)
            Ask(waiting.GetValueOrDefault(key) ?? Add(key.ObjectType, key.Key, now), parts, now);
        _asked.Clear();
        db.CurrentWrite!.AfterCommit(signal.Pulse);
    }

    // A read that is due finds whatever happened before it, but for links.
    private void Ask(RecordRead read, RecordReadParts parts, DateTime now)
    {
        var due = UtcTime.Truncate(now + options.Value.DelayOf(parts));
        if (read.Parts == 0 || (parts.HasFlag(RecordReadParts.Links) && read.DueAt < due))
            read.DueAt = due;
        read.Parts |= parts;
        read.Version++;
    }

    private RecordRead Add(string objectType, RecordKey key, DateTime now)
    {
        var read = new RecordRead { PortalId = key.PortalId, ObjectType = objectType, ObjectId = key.ObjectId, AskedAt = now };
        db.Add(read);
        return read;
    }
}
