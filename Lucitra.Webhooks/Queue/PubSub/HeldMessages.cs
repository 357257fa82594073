using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>
/// The messages that a streaming worker was given and has neither acknowledged nor given back, and whether there is room for
/// more.
/// </summary>
internal sealed class HeldMessages(IOptions<QueueOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan _lookAgain = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, (DateTime Since, int Bytes)> _held = [];
    private readonly Lock _lock = new();
    private readonly Room _room = new(clock);
    private long _bytes;

    public int Count
    {
        get
        {
            lock (_lock)
                return _held.Count;
        }
    }

    /// <summary>When the oldest was taken; null when none is held.</summary>
    public DateTime? Oldest
    {
        get
        {
            lock (_lock)
                return _held.Count == 0 ? null : _held.Values.Min(one => one.Since);
        }
    }

    public void Add(string ackId, int bytes)
    {
        lock (_lock)
        {
            if (_held.TryAdd(ackId, (clock.UtcNow(), bytes)))
                _bytes += bytes;
        }
    }

    public void Remove(IEnumerable<string> ackIds)
    {
        lock (_lock)
        {
            foreach (var ackId in ackIds)
            {
                if (_held.Remove(ackId, out var one))
                    _bytes -= one.Bytes;
            }
        }

        _room.Pulse();
    }

    /// <summary>Those taken after <paramref name="earliest"/>, which are worth holding on to.</summary>
    public List<string> TakenAfter(DateTime earliest)
    {
        lock (_lock)
            return [.. _held.Where(one => one.Value.Since > earliest).Select(one => one.Key)];
    }

    /// <summary>Waits until less is held than allowed.</summary>
    public async Task WhenRoomAsync(CancellationToken cancellationToken)
    {
        while (IsFull())
            await _room.WaitAsync(_lookAgain, cancellationToken);
    }

    private bool IsFull()
    {
        lock (_lock)
            return _held.Count >= options.Value.PubSub.MaxOutstandingMessages || _bytes >= options.Value.PubSub.MaxOutstandingBytes;
    }

    private sealed class Room(TimeProvider clock) : Signal(clock);
}
