using System.Diagnostics.CodeAnalysis;

namespace Lucitra.Twin.State;

/// <summary>The records of one type in a portal, the names that merges gave them, and the ids that were erased.</summary>
internal sealed class RecordStore(ObjectType type, long firstId)
{
    private readonly SortedDictionary<long, CrmRecord> _records = [];
    private readonly Dictionary<long, long> _aliases = [];
    private readonly Dictionary<string, long> _emails = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<long> _ids = [];
    private long _nextId = firstId;

    public IEnumerable<CrmRecord> All => _records.Values;

    public IEnumerable<CrmRecord> Live => All.Where(record => record.ArchivedAt is null);

    /// <summary>Every id that was ever given, for a draw.</summary>
    public IReadOnlyList<long> Ids => _ids;

    public IReadOnlyDictionary<long, long> Aliases => _aliases;

    public HashSet<long> Erased { get; } = [];

    public CrmRecord Add(long createdAt)
    {
        var record = new CrmRecord(type, _nextId++, createdAt);
        _records.Add(record.Id, record);
        _ids.Add(record.Id);
        return record;
    }

    /// <summary>The record with exactly this id.</summary>
    public bool TryGet(long id, [NotNullWhen(true)] out CrmRecord? record) => _records.TryGetValue(id, out record);

    /// <summary>The record that an id leads to, over any number of merges.</summary>
    public CrmRecord? Resolve(long id) => _records.GetValueOrDefault(SurvivorOf(id));

    public long SurvivorOf(long id)
    {
        while (_aliases.TryGetValue(id, out var next))
            id = next;
        return id;
    }

    public CrmRecord? ByEmail(string email) => _emails.TryGetValue(email, out var id) ? Resolve(id) : null;

    public void GiveEmail(string email, long id) => _emails[email] = id;

    public void ReleaseEmail(string email, long id)
    {
        if (_emails.TryGetValue(email, out var holder) && holder == id)
            _emails.Remove(email);
    }

    public void Absorb(CrmRecord loser, CrmRecord survivor)
    {
        _records.Remove(loser.Id);
        _aliases[loser.Id] = survivor.Id;
        survivor.MergedIds.AddRange(loser.MergedIds);
        survivor.MergedIds.Add(loser.Id);
    }

    public void Erase(CrmRecord record)
    {
        _records.Remove(record.Id);
        Erased.UnionWith([record.Id, .. record.MergedIds]);
        foreach (var email in _emails.Where(entry => SurvivorOf(entry.Value) == record.Id).Select(entry => entry.Key).ToList())
            _emails.Remove(email);
    }
}
