using System.Diagnostics;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Schema.Subscriptions;
using Lucitra.Graph.Timeline;

namespace Lucitra.Graph.Analytics.Dashboards;

/// <summary>
/// Says when a dashboard may have changed: at once, then after changes of contacts or deals, by whichever process, at most
/// once in <see cref="Pause"/> however many there were.
/// </summary>
internal sealed class DashboardStream(ChangeFeed feed, DashboardLooks looks, SharedSelection selection, TimeProvider clock) : IObservable<DashboardLook>
{
    /// <summary>How long changes are gathered before they are told.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public IDisposable Subscribe(IObserver<DashboardLook> observer) => new Subscriber(feed, since => looks.Since(since, selection), clock, observer);

    private sealed class Subscriber : IDisposable, IObserver<Delivery>
    {
        private readonly SemaphoreSlim _changed = new(1, 1);
        private readonly CancellationTokenSource _ended = new();
        private readonly Func<long, DashboardLook> _look;
        private readonly IObserver<DashboardLook> _observer;
        private readonly TimeProvider _clock;
        private readonly IDisposable[] _feeds;
        private long _changedAt = Stopwatch.GetTimestamp();

        public Subscriber(ChangeFeed feed, Func<long, DashboardLook> look, TimeProvider clock, IObserver<DashboardLook> observer)
        {
            (_look, _observer, _clock) = (look, observer, clock);
            _feeds = [feed.Of(nameof(Contact)).Subscribe(this), feed.Of(nameof(Deal)).Subscribe(this)];
            Completion = TellAsync(_ended.Token);
        }

        public Task Completion { get; }

        // Read at once: what counts is that there was a change, not which.
        public void OnNext(Delivery delivery)
        {
            delivery.MarkRead();
            lock (_changed)
            {
                _changedAt = Math.Max(_changedAt, delivery.OfferedAt);
                if (_changed.CurrentCount == 0)
                    _changed.Release();
            }
        }

        public void OnError(Exception error) => _observer.OnError(error);

        public void OnCompleted() => _observer.OnCompleted();

        public void Dispose()
        {
            foreach (var subscription in _feeds)
                subscription.Dispose();
            _ended.Cancel();
        }

        private long ChangedAt()
        {
            lock (_changed)
                return _changedAt;
        }

        private async Task TellAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            try
            {
                while (true)
                {
                    await _changed.WaitAsync(cancellationToken);
                    _observer.OnNext(_look(ChangedAt()));
                    await Task.Delay(Pause, _clock, cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The subscriber left.
            }
        }
    }
}
