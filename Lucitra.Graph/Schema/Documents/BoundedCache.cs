namespace Lucitra.Graph.Schema.Documents;

/// <summary>Values by text key up to a total size; the least recently used leave first.</summary>
internal sealed class BoundedCache<TValue>(int capacity)
    where TValue : class
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new();
    private int _size;

    public int Count
    {
        get
        {
            lock (_lock)
                return _byUse.Count;
        }
    }

    public TValue? Find(string key)
    {
        lock (_lock)
        {
            if (!_byKey.TryGetValue(key, out var node))
                return null;

            if (node != _byUse.First)
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
            }

            return node.Value.Value;
        }
    }

    public void Add(string key, TValue value, int size)
    {
        if (size > capacity)
            return;

        lock (_lock)
        {
            if (_byKey.ContainsKey(key))
                return;

            while (_size > capacity - size)
                RemoveOldest();

            _byKey.Add(key, _byUse.AddFirst(new Entry(key, value, size)));
            _size += size;
        }
    }

    private void RemoveOldest()
    {
        var oldest = _byUse.Last!.Value;
        _byUse.RemoveLast();
        _byKey.Remove(oldest.Key);
        _size -= oldest.Size;
    }

    private sealed record Entry(string Key, TValue Value, int Size);
}
