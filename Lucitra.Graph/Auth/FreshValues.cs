using System.Collections.Concurrent;

namespace Lucitra.Graph.Auth;

/// <summary>
/// Values that are read again once they are older than a time, or were forgotten. Keys may come from anybody, so there is a
/// limit to how many are kept.
/// </summary>
internal sealed class FreshValues<TKey, TValue>(TimeSpan freshFor, TimeProvider clock)
    where TKey : notnull
{
    private const int MostValues = 20_000;

    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();

    public async ValueTask<TValue> GetAsync(TKey key, Func<TKey, CancellationToken, Task<TValue>> read, CancellationToken cancellationToken)
    {
        if (_entries.TryGetValue(key, out var known) && known.ReadAt is { } at && clock.GetElapsedTime(at) < freshFor)
            return known.Value!;

        // A value that is forgotten while it is read is not kept: its place is gone by then.
        var place = new Entry(default, null);
        if (_entries.Count >= MostValues)
            _entries.Clear();
        _entries[key] = place;
        var readAt = clock.GetTimestamp();
        var value = await read(key, cancellationToken);
        _entries.TryUpdate(key, new Entry(value, readAt), place);
        return value;
    }

    public void Forget(TKey key) => _entries.TryRemove(key, out _);

    private sealed class Entry(TValue? value, long? readAt)
    {
        public TValue? Value => value;

        /// <summary>When it was read; null while it is being read.</summary>
        public long? ReadAt => readAt;
    }
}
