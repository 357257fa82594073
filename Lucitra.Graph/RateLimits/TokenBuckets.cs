namespace Lucitra.Graph.RateLimits;

/// <summary>
/// A bucket for each key: full at first, emptied by what is taken, refilled evenly. The platform's limiters read a clock
/// of their own and take one size of lease; these take any cost, by <see cref="TimeProvider"/>, and forget keys beyond a
/// number. A forgotten bucket is a full one.
/// </summary>
internal sealed class TokenBuckets(RateLimit limit, int maxTracked, TimeProvider time)
{
    private readonly double _perSecond = (double)limit.Quota / RateLimit.WindowSeconds;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Bucket>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<Bucket> _byUse = new();

    public RateLimit Limit => limit;

    public int Tracked
    {
        get
        {
            lock (_lock)
                return _byKey.Count;
        }
    }

    /// <summary>Takes a cost where it is there; what costs more than the whole bucket takes it all.</summary>
    public RateState Take(string key, double cost)
    {
        var wanted = Math.Min(cost, limit.Quota);
        lock (_lock)
        {
            var bucket = Find(key);
            var allowed = bucket.Tokens >= wanted;
            if (allowed)
                bucket.Tokens -= wanted;
            return StateOf(bucket, allowed, allowed ? 0 : wanted - bucket.Tokens);
        }
    }

    /// <summary>How the bucket stands; takes nothing.</summary>
    public RateState Look(string key) => Take(key, 0);

    private Bucket Find(string key)
    {
        var now = time.GetTimestamp();
        if (_byKey.TryGetValue(key, out var node))
        {
            _byUse.Remove(node);
            var known = node.Value;
            known.Tokens = Math.Min(limit.Quota, known.Tokens + (time.GetElapsedTime(known.At, now).TotalSeconds * _perSecond));
            known.At = now;
        }
        else
        {
            if (_byKey.Count >= maxTracked)
            {
                _byKey.Remove(_byUse.Last!.Value.Key);
                _byUse.RemoveLast();
            }

            node = new(new(key) { Tokens = limit.Quota, At = now });
            _byKey[key] = node;
        }

        _byUse.AddFirst(node);
        return node.Value;
    }

    private RateState StateOf(Bucket bucket, bool allowed, double missing) => new(
        allowed, bucket.Tokens, TimeSpan.FromSeconds((limit.Quota - bucket.Tokens) / _perSecond), TimeSpan.FromSeconds(missing / _perSecond));

    private sealed class Bucket(string key)
    {
        public string Key => key;

        public double Tokens { get; set; }

        public long At { get; set; }
    }
}
