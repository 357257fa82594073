using Lucitra.Graph.Database;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Timeline;

/// <summary>
/// Reads committed changes in commit order, whichever process wrote them, and offers each to the subscribers of this
/// process.
/// </summary>
internal sealed partial class ChangeFeed(
    IDbContextFactory<LucitraDbContext> contexts, ChangeSignal signal, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<ChangeFeed> logger)
    : BackgroundService
{
    private const int ChangesPerRead = 500;

    private static readonly TimeSpan _pollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _openTransactionPause = TimeSpan.FromMilliseconds(20);

    private readonly HashSet<ChangeSubscription> _subscriptions = [];
    private readonly Lock _lock = new();
    private (long TransactionId, long Position) _last;
    private bool _hasStarted;
    private bool _hasEnded;

    /// <summary>How many subscriptions are open.</summary>
    public int Subscribers => Snapshot().Count;

    /// <summary>The changes of one type of record from now on.</summary>
    public IObservable<Delivery> Of(string recordType) => new Changes(this, recordType);

    /// <summary>Fixes where the feed begins before the server takes requests: a subscriber misses nothing from its first moment on.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StartAtEndAsync(cancellationToken);
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
                    await StartAtEndAsync(ending.Token);
                await signal.WaitAsync(await ReadAsync(ending.Token), ending.Token);
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

    private async Task StartAtEndAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // A transaction that is open now may commit a change before those that are there already.
        var open = await db.FirstOpenTransactionAsync(cancellationToken);
        var last = await db.RecordChanges.AsNoTracking()
            .Where(change => change.TransactionId < open)
            .OrderByDescending(change => change.TransactionId).ThenByDescending(change => change.Position)
            .Select(change => new { change.TransactionId, change.Position })
            .FirstOrDefaultAsync(cancellationToken);
        _last = (last?.TransactionId ?? 0, last?.Position ?? 0);
        _hasStarted = true;
    }

    /// <summary>Offers all that has committed since the last read; says how long to wait before the next.</summary>
    private async Task<TimeSpan> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var open = await db.FirstOpenTransactionAsync(cancellationToken);
            var (transactionId, position) = _last;
            var changes = await db.RecordChanges.AsNoTracking()
                .Where(change => change.TransactionId > transactionId || (change.TransactionId == transactionId && change.Position > position))
                .OrderBy(change => change.TransactionId).ThenBy(change => change.Position)
                .Take(ChangesPerRead)
                .ToListAsync(cancellationToken);

            var subscriptions = Snapshot();
            foreach (var change in changes.TakeWhile(change => change.TransactionId < open))
            {
                foreach (var subscription in subscriptions)
                    subscription.Offer(change);
                _last = (change.TransactionId, change.Position);
            }

            // A change is passed on when every transaction that began before its own has ended: one that commits later
            // would otherwise be passed by.
            if (changes.Exists(change => change.TransactionId >= open))
                return _openTransactionPause;
            if (changes.Count < ChangesPerRead)
                return _pollInterval;
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

    private List<ChangeSubscription> Snapshot()
    {
        lock (_lock)
            return [.. _subscriptions];
    }

    private sealed class Changes(ChangeFeed feed, string recordType) : IObservable<Delivery>
    {
        public IDisposable Subscribe(IObserver<Delivery> observer)
        {
            var subscription = new ChangeSubscription(recordType, observer, Release);
            lock (feed._lock)
            {
                feed._subscriptions.Add(subscription);
                if (feed._hasEnded)
                    subscription.Complete();
            }

            return subscription;
        }

        private void Release(ChangeSubscription subscription)
        {
            lock (feed._lock)
                feed._subscriptions.Remove(subscription);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Could not read the change feed ({Fault}); trying again")]
        public static partial void Unavailable(ILogger logger, string fault);
    }
}
