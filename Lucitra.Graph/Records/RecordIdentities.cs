using System.Collections.Frozen;
using System.Globalization;
using Lucitra.Graph.Database;
using Lucitra.Graph.WriteBack;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Records;

/// <summary>
/// The records that HubSpot's ids stand for, opened for editing: each is read once and stands for all of its ids. A merge
/// makes the ids of both records stand for the surviving one.
/// </summary>
internal sealed class RecordIdentities<T>(LucitraDbContext db, string objectType, FrozenDictionary<string, PropertyColumn<T>> columns, TimeProvider clock)
    where T : CrmRecord, new()
{
    // Databases limit the parameters of one query.
    private const int IdsPerQuery = 500;

    private readonly Dictionary<RecordKey, HubSpotRecord> _aliases = [];
    private readonly Dictionary<Guid, RecordEdit<T>> _edits = [];

    /// <summary>The ids for which a record was made.</summary>
    public List<RecordKey> Made { get; } = [];

    /// <summary>Every record opened so far.</summary>
    public IEnumerable<RecordEdit<T>> Edits => _edits.Values;

    /// <summary>Reads the records of these ids.</summary>
    public async Task LoadAsync(IEnumerable<RecordKey> keys, CancellationToken cancellationToken)
    {
        foreach (var portal in keys.Where(key => !_aliases.ContainsKey(key)).Distinct().GroupBy(key => key.PortalId, key => key.ObjectId))
        {
            foreach (var objectIds in portal.Chunk(IdsPerQuery))
                Know(await db.HubSpotRecords
                    .Where(alias => alias.PortalId == portal.Key && alias.ObjectType == objectType && objectIds.Contains(alias.ObjectId))
                    .ToListAsync(cancellationToken));
        }

        foreach (var ids in _aliases.Values.Select(alias => alias.RecordId).Where(id => !_edits.ContainsKey(id)).Distinct().Chunk(IdsPerQuery))
        {
            foreach (var record in await db.Set<T>().Where(record => ids.Contains(record.Id)).ToListAsync(cancellationToken))
                _edits[record.Id] = new RecordEdit<T>(record, isNew: false, columns);
        }
    }

    /// <summary>The record of a loaded id; null when there is none.</summary>
    public RecordEdit<T>? Find(RecordKey key) => _aliases.TryGetValue(key, out var alias) ? _edits[alias.RecordId] : null;

    /// <summary>The record of a loaded id, made where it is missing.</summary>
    public RecordEdit<T> Open(RecordKey key)
    {
        if (Find(key) is { } found)
            return found;

        var record = new T
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            PortalId = key.PortalId,
            HubSpotId = key.HubSpotId,

            // Whatever the clock here says, the earliest of the record's events decides.
            CreatedAt = DateTime.MaxValue,
        };
        db.Add(record);
        Name(key, record.Id);
        Made.Add(key);
        return _edits[record.Id] = new RecordEdit<T>(record, isNew: true, columns);
    }

    /// <summary>The id by which HubSpot knows the record of this one now.</summary>
    public RecordKey Current(RecordKey key) =>
        Find(key)?.Record.HubSpotId is { } id ? key with { ObjectId = long.Parse(id, CultureInfo.InvariantCulture) } : key;

    /// <summary>
    /// Makes loaded ids stand for the record of <paramref name="survivor"/>. A record that one of them stood for before
    /// gives it its values and ends; null is answered when they stood for the survivor already.
    /// </summary>
    public async Task<RecordMerge<T>?> MergeAsync(
        RecordKey survivor, IEnumerable<RecordKey> merged, Stamp stamp, CancellationToken cancellationToken)
    {
        var target = Open(survivor);
        var ended = new List<RecordEdit<T>>();
        var isNews = false;
        foreach (var key in merged)
        {
            if (Find(key) is not { } edit)
            {
                Name(key, target.Record.Id);
                isNews = true;
            }
            else if (edit != target)
            {
                await RenameAsync(edit.Record.Id, target.Record.Id, cancellationToken);
                target.Absorb(edit);
                edit.MergeInto(target.Record.Id, stamp);
                await Outbox.MoveAsync(db, edit.Record.Id, target.Record, clock.UtcNow(), cancellationToken);
                ended.Add(edit);
            }
        }

        if (!isNews && ended.Count == 0)
            return null;
        target.Witness(stamp);
        return new RecordMerge<T>(target, ended);
    }

    /// <summary>Opens the records of these ids no more: they are erased.</summary>
    public void Forget(IEnumerable<RecordKey> keys)
    {
        foreach (var key in keys)
            _aliases.Remove(key);
    }

    // Ids of earlier merges too, also those that nobody has asked for.
    private async Task RenameAsync(Guid from, Guid to, CancellationToken cancellationToken)
    {
        Know(await db.HubSpotRecords.Where(alias => alias.RecordId == from).ToListAsync(cancellationToken));
        foreach (var alias in _aliases.Values.Where(alias => alias.RecordId == from))
            alias.RecordId = to;
    }

    private void Name(RecordKey key, Guid recordId)
    {
        var alias = new HubSpotRecord { PortalId = key.PortalId, ObjectType = objectType, ObjectId = key.ObjectId, RecordId = recordId };
        db.Add(alias);
        _aliases[key] = alias;
    }

    private void Know(List<HubSpotRecord> aliases)
    {
        foreach (var alias in aliases)
            _aliases[new RecordKey(alias.PortalId, alias.ObjectId)] = alias;
    }
}

/// <summary>What a merge did here.</summary>
/// <param name="Survivor">The record that all ids stand for now.</param>
/// <param name="Ended">The records that they stood for before.</param>
internal sealed record RecordMerge<T>(RecordEdit<T> Survivor, IReadOnlyList<RecordEdit<T>> Ended)
    where T : CrmRecord;
