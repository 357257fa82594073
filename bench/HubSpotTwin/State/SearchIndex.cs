namespace Lucitra.Twin.State;

/// <summary>A record as the search knows it, which is not always as it is.</summary>
internal sealed record IndexedRecord(long Id, long CreatedAt, long UpdatedAt, Dictionary<string, string?> Values);

/// <summary>What the search finds: changes come in a while after they happened, not in their order.</summary>
internal sealed class SearchIndex
{
    private readonly PriorityQueue<(ObjectType Type, long Id), long> _changes = new();
    private readonly Dictionary<(ObjectType Type, long Id), IndexedRecord> _rows = [];

    public void Add(ObjectType type, long id, long now, TimeSpan lag)
    {
        // Between a third of the lag and all of it; which, depends on the record and not on who asks first.
        var share = 1 + ((id + now) % 3);
        _changes.Enqueue((type, id), now + (long)(lag.TotalMilliseconds * share / 3));
    }

    public void Remove(ObjectType type, long id) => _rows.Remove((type, id));

    /// <summary>The records of a type that the search finds now: never one that is archived, merged away or erased.</summary>
    public IEnumerable<IndexedRecord> Rows(Portal portal, ObjectType type, long now)
    {
        while (_changes.TryPeek(out var change, out var due) && due <= now)
        {
            _changes.Dequeue();
            if (portal.Records(change.Type).TryGet(change.Id, out var record))
                _rows[change] = new IndexedRecord(record.Id, record.CreatedAt, record.UpdatedAt, portal.ValuesOf(record));
        }

        return portal.Records(type).Live.Select(record => _rows.GetValueOrDefault((type, record.Id))).OfType<IndexedRecord>();
    }
}
