using Lucitra.Graph.Schema.Subscriptions;

namespace Lucitra.Graph.Timeline;

/// <summary>
/// Reads committed changes in commit order, whichever process wrote them, and offers each to the subscribers of this
/// process.
/// </summary>
internal sealed partial class ChangeFeed(
    ChangeLog log, ChangeSignal signal, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<ChangeFeed> logger)
    : BackgroundService
{
    private static readonly TimeSpan _pollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _unsettledPause = TimeSpan.FromMilliseconds(20);

    // Where changes come one after the other, a read costs as much as a write: several are read together then. The first one waits for nothing.
    private static readonly TimeSpan _rest = TimeSpan.FromMilliseconds(5);

    private readonly HashSet<ChangeSubscription> _subscriptions = [];
    private readonly Lock _lock = new();
    private ChangePosition _last;
    private bool _hasStarted;
    private bool _hasEnded;

    public ChangeLog History => log;

    /// <summary>How many subscribers this process has.</summary>
    public int Subscribers
    {
        get
        {
            lock (_lock)
                return _subscriptions.Count;
        }
    }

    /// <summary>The changes of one type of record: those after a place, then those that come; without a place, from now on.</summary>
    /// <param name="recordType">The GraphQL type.</param>
    /// <param name="after">The place.</param>
    /// <param name="selection">What the subscriber selects, where others may share what is executed for it.</param>
    public IObservable<Delivery> Of(string recordType, ChangePosition? after = null, SharedSelection? selection = null) =>
        new Changes(this, recordType, after, selection);

    /// <summary>Offers all changes from now on.</summary>
    public void Join(ChangeSubscription subscription) => Join(subscription, null);

    /// <summary>Offers all changes after a place; false when the feed is beyond it already.</summary>
    public bool Join(ChangeSubscription subscription, ChangePosition? position)
    {
        lock (_lock)
        {
            if (position is { } place && !(_last <= place))
                return false;

            _subscriptions.Add(subscription);
            if (_hasEnded)
                subscription.Complete();
            return true;
        }
    }

    public void Leave(ChangeSubscription subscription)
    {
        lock (_lock)
            _subscriptions.Remove(subscription);
    }

    /// <summary>Fixes where the feed begins before the server takes requests: a subscriber misses nothing from its first moment on.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await BeginAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Unavailable(logger, exception.GetType().Name);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Earlier than stoppingToken, which waits for the requests to end that the subscriptions keep open.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        while (!ending.IsCancellationRequested)
        {
            try
            {
                if (!_hasStarted)
                    await BeginAsync(ending.Token);
                var patience = await OfferAsync(ending.Token);
                await Task.Delay(_rest, clock, ending.Token);
                await signal.WaitAsync(patience, ending.Token);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
            }
            catch (Exception exception) when (!ending.IsCancellationRequested)
            {
                Log.Unavailable(logger, exception.GetType().Name);
                await Task.Delay(_pollInterval, clock, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        foreach (var subscription in End())
            subscription.Complete();
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        Advance(await log.EndAsync(cancellationToken));
        _hasStarted = true;
    }

    /// <summary>Offers all that has committed since the last read; says how long to wait before the next.</summary>
    private async Task<TimeSpan> OfferAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await log.ReadAsync(_last, cancellationToken);
            if (page.Changes.Count > 0)
            {
                // Who joins after this reads these changes for itself.
                var subscriptions = Advance(page.Changes[^1].At);
                foreach (var change in page.Changes.Select(change => new OfferedChange(change)))
                {
                    foreach (var subscription in subscriptions)
                        subscription.Offer(change);
                }
            }

            if (!page.HasMore)
                return page.HasUnsettled ? _unsettledPause : _pollInterval;
        }
    }

    private List<ChangeSubscription> Advance(ChangePosition position)
    {
        lock (_lock)
        {
            _last = position;
            return [.. _subscriptions];
        }
    }

    private List<ChangeSubscription> End()
    {
        lock (_lock)
        {
            _hasEnded = true;
            return [.. _subscriptions];
        }
    }

    private sealed class Changes(ChangeFeed feed, string recordType, ChangePosition? after, SharedSelection? selection) : IObservable<Delivery>
    {
        public IDisposable Subscribe(IObserver<Delivery> observer) => new ChangeSubscription(feed, recordType, after, selection, observer);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Could not read the change feed ({Fault}); trying again")]
        public static partial void Unavailable(ILogger logger, string fault);
    }
}
