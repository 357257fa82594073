namespace Lucitra.Twin.State;

internal enum LinkKind
{
    Plain,
    DecisionMaker,
}

/// <summary>The links between contacts and deals of a portal. A link that went is remembered, since the index lists it for a while.</summary>
internal sealed class Links
{
    private readonly Dictionary<(long Contact, long Deal, LinkKind Kind), (long AddedAt, long? RemovedAt)> _rows = [];
    private readonly Dictionary<(ObjectType Type, long Id), HashSet<(long Contact, long Deal, LinkKind Kind)>> _byEnd = [];

    public IEnumerable<(long Contact, long Deal, LinkKind Kind)> All => _rows.Where(row => row.Value.RemovedAt is null).Select(row => row.Key);

    public bool Has(long contact, long deal, LinkKind kind) => _rows.TryGetValue((contact, deal, kind), out var row) && row.RemovedAt is null;

    public void Add(long contact, long deal, LinkKind kind, long at)
    {
        _rows[(contact, deal, kind)] = (at, null);
        RowsOf(ObjectType.Contact, contact).Add((contact, deal, kind));
        RowsOf(ObjectType.Deal, deal).Add((contact, deal, kind));
    }

    public void Remove(long contact, long deal, LinkKind kind, long at)
    {
        if (Has(contact, deal, kind))
            _rows[(contact, deal, kind)] = (_rows[(contact, deal, kind)].AddedAt, at);
    }

    /// <summary>The other ends that stand linked to a record.</summary>
    public IEnumerable<(long OtherId, LinkKind Kind)> Of(ObjectType type, long id) =>
        RowsOf(type, id).Where(key => _rows[key].RemovedAt is null).Select(key => Other(type, key)).Order();

    /// <summary>The other ends that an index lists which is as old as <paramref name="asOf"/>.</summary>
    public IEnumerable<(long OtherId, LinkKind Kind)> Listed(ObjectType type, long id, long asOf) =>
        RowsOf(type, id).Where(key => _rows[key].AddedAt <= asOf && !(_rows[key].RemovedAt <= asOf)).Select(key => Other(type, key)).Order();

    /// <summary>Gives the links of one record to another.</summary>
    public void Move(ObjectType type, long from, long to, long at)
    {
        foreach (var (other, kind) in Of(type, from).ToList())
        {
            var (contact, deal) = type == ObjectType.Contact ? (from, other) : (other, from);
            Remove(contact, deal, kind, at);
            Add(type == ObjectType.Contact ? to : contact, type == ObjectType.Contact ? deal : to, kind, at);
        }
    }

    public void Forget(ObjectType type, long id)
    {
        foreach (var key in RowsOf(type, id).ToList())
        {
            _rows.Remove(key);
            RowsOf(ObjectType.Contact, key.Contact).Remove(key);
            RowsOf(ObjectType.Deal, key.Deal).Remove(key);
        }
    }

    private static (long OtherId, LinkKind Kind) Other(ObjectType type, (long Contact, long Deal, LinkKind Kind) key) =>
        (type == ObjectType.Contact ? key.Deal : key.Contact, key.Kind);

    private HashSet<(long Contact, long Deal, LinkKind Kind)> RowsOf(ObjectType type, long id)
    {
        if (!_byEnd.TryGetValue((type, id), out var rows))
            _byEnd[(type, id)] = rows = [];
        return rows;
    }
}
