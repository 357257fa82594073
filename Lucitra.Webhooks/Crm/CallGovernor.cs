namespace Lucitra.Webhooks.Crm;

/// <summary>
/// Lets the calls to one account through, no faster than <see cref="CallLimits"/> and so many at a time: live ones first.
/// Every tenth goes to whoever has waited longest, so that nobody waits for ever.
/// </summary>
internal sealed class CallGovernor : IDisposable
{
    private const int TurnsOfThePatient = 10;

    private readonly CallLimits _limits;
    private readonly int _maxParallel;
    private readonly TimeProvider _clock;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly Dictionary<(HubSpotCallPriority Priority, bool IsSearch), Queue<Waiter>> _queues = [];

    private int _underway;
    private long _arrivals;
    private long _turns;

    public CallGovernor(CallLimits limits, int maxParallel, TimeProvider clock)
    {
        (_limits, _maxParallel, _clock, _start) = (limits, maxParallel, clock, clock.GetTimestamp());
        _timer = clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var priority in Enum.GetValues<HubSpotCallPriority>())
        {
            _queues[(priority, false)] = [];
            _queues[(priority, true)] = [];
        }
    }

    /// <summary>Waits for its turn, which lasts until it is disposed.</summary>
    public async Task<IDisposable> TakeAsync(HubSpotCallPriority priority, bool isSearch, CancellationToken cancellationToken)
    {
        var waiter = new Waiter();
        lock (_gate)
        {
            waiter.Arrival = _arrivals++;
            _queues[(priority, isSearch)].Enqueue(waiter);
            LetThrough();
        }

        await using var registration = cancellationToken.UnsafeRegister(_ => waiter.Turn.TrySetCanceled(cancellationToken), null);
        return await waiter.Turn.Task;
    }

    public void Learn(ToldLimits told)
    {
        lock (_gate)
        {
            _limits.Learn(told, _underway - 1, Now);
            LetThrough();
        }
    }

    public void Pause(TimeSpan wait, bool onlySearches)
    {
        lock (_gate)
            _limits.Pause(wait, onlySearches, Now);
    }

    /// <summary>How long reading whole accounts has to leave the rest of the day's calls to others; null while there are enough.</summary>
    public TimeSpan? DailyPause()
    {
        lock (_gate)
            return _limits.DailyPause(Now);
    }

    public void Dispose() => _timer.Dispose();

    private TimeSpan Now => _clock.GetElapsedTime(_start);

    private void Wake()
    {
        lock (_gate)
            LetThrough();
    }

    private void Leave()
    {
        lock (_gate)
        {
            _underway--;
            LetThrough();
        }
    }

    private void LetThrough()
    {
        var now = Now;
        while (_underway < _maxParallel && Next(now) is { } next)
        {
            var waiter = _queues[next].Dequeue();
            if (!waiter.Turn.TrySetResult(new Turn(this)))
                continue;
            _underway++;
            _turns++;
            _limits.Count(next.Priority, next.IsSearch, now);
        }

        var waiting = _queues.Where(queue => queue.Value.Count > 0).ToList();
        if (_underway >= _maxParallel || waiting.Count == 0)
            return;

        // Rounded up: a timer that fires early would only be set again.
        var wait = waiting.Min(queue => _limits.FreeAt(queue.Key.Priority, queue.Key.IsSearch, now)) - now;
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }

    private (HubSpotCallPriority Priority, bool IsSearch)? Next(TimeSpan now)
    {
        var ready =
            from queue in _queues
            where queue.Value.Count > 0 && _limits.FreeAt(queue.Key.Priority, queue.Key.IsSearch, now) <= now
            select (queue.Key, queue.Value.Peek().Arrival);
        var isPatientsTurn = (_turns + 1) % TurnsOfThePatient == 0;
        var ordered = isPatientsTurn ? ready.OrderBy(one => one.Arrival) : ready.OrderBy(one => one.Key.Priority).ThenBy(one => one.Arrival);
        return ordered.Select(one => ((HubSpotCallPriority, bool)?)one.Key).FirstOrDefault();
    }

    private sealed class Waiter
    {
        public long Arrival { get; set; }

        public TaskCompletionSource<IDisposable> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Turn(CallGovernor governor) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _isOver, true))
                governor.Leave();
        }
    }
}
