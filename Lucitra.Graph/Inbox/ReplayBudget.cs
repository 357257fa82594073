using Lucitra.Webhooks;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Inbox;

/// <summary>How many events this server may still replay or discard: a bucket that fills up evenly within a minute.</summary>
internal sealed class ReplayBudget(IOptions<WebhookOptions> options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly double _capacity = options.Value.Replay.MaxEventsPerMinute;
    private double _available = options.Value.Replay.MaxEventsPerMinute;
    private DateTime _filledAt = clock.UtcNow();

    /// <summary>Takes this many, all or none; null when they were there, otherwise the error that says when they will be.</summary>
    public ReplayLimitReachedError? Take(int events)
    {
        lock (_lock)
        {
            var now = clock.UtcNow();
            _available = Math.Min(_capacity, _available + ((now - _filledAt).TotalMinutes * _capacity));
            _filledAt = now;
            if (_available < events)
                return new ReplayLimitReachedError(events, UtcTime.Truncate(now + TimeSpan.FromMinutes((events - _available) / _capacity)));
            _available -= events;
            return null;
        }
    }
}
