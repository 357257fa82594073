using System.Runtime.InteropServices;
using Lucitra.Twin.Webhooks;

namespace Lucitra.Twin;

/// <summary>Posts webhooks: in batches, several at a time, again after failures.</summary>
public sealed class TwinSender : IAsyncDisposable
{
    /// <summary>HubSpot tries ten times more within a day; the waits before each, in minutes.</summary>
    private static readonly double[] _waits = [1, 5, 15, 30, 60, 120, 180, 240, 300, 360];

    private readonly TwinOptions _options;
    private readonly SortedDictionary<long, Lane> _lanes = [];
    private readonly Lock _gate = new();
    private readonly Subscriptions _subscriptions;
    private readonly Random _random;
    private readonly WebhookPost _post;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pumps;

    internal TwinSender(TwinOptions options, TwinClock clock)
    {
        _options = options;
        _random = new Random(options.Seed);
        _subscriptions = new Subscriptions(options.Forms, options.Seed);
        _post = new WebhookPost(options, clock);
        Ledger = new TwinLedger(_gate);
        (Target, SignedUrl, Secret) = (options.Target, options.SignedUrl, options.ClientSecret);
        foreach (var portalId in options.PortalIds)
            _lanes.Add(portalId, new Lane());
        _pumps = Task.WhenAll(_lanes.Values.Select(PumpAsync));
    }

    /// <summary>Where webhooks go. Null: they wait.</summary>
    public Uri? Target { get; set; }

    /// <summary>The URL that is signed. Null: the target.</summary>
    public Uri? SignedUrl { get; set; }

    /// <summary>The key of the signatures.</summary>
    public string Secret { get; set; }

    public bool Paused { get; private set; }

    public TwinLedger Ledger { get; }

    /// <summary>Requests that were not answered 2xx.</summary>
    public int FailedRequests { get; private set; }

    /// <summary>Sends no more, and waits until what is in flight is answered.</summary>
    public async Task PauseAsync(CancellationToken cancellationToken = default)
    {
        Paused = true;
        while (IsInFlight())
            await Task.Delay(_options.Sender.Gathering, _options.Clock, cancellationToken);
    }

    public void Resume() => Paused = false;

    /// <summary>Waits until nothing is in flight or due, retries included.</summary>
    public async Task DrainedAsync(CancellationToken cancellationToken = default)
    {
        while (!IsDrained())
            await Task.Delay(_options.Sender.Gathering, _options.Clock, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pumps;
        _stop.Dispose();
        _post.Dispose();
    }

    internal void Tell(TwinFact fact)
    {
        lock (_gate)
        {
            foreach (var message in _subscriptions.MessagesOf(fact))
            {
                Ledger.Add(message);
                if (_random.NextDouble() < _options.Sender.Disorder)
                    _lanes[fact.PortalId].Add(message, Now + (_options.Sender.HeldBack * _random.NextDouble()));
                else
                    _lanes[fact.PortalId].Add(message);
            }
        }
    }

    private DateTimeOffset Now => _options.Clock.GetUtcNow();

    private bool IsDrained()
    {
        lock (_gate)
            return _lanes.Values.All(lane => lane.Waiting == 0 && lane.InFlight == 0);
    }

    private bool IsInFlight()
    {
        lock (_gate)
            return _lanes.Values.Any(lane => lane.InFlight > 0);
    }

    private async Task PumpAsync(Lane lane)
    {
        var requests = new List<Task>();
        try
        {
            while (true)
            {
                await Task.Delay(_options.Sender.Gathering, _options.Clock, _stop.Token);
                requests.RemoveAll(request => request.IsCompleted);
                while (Target is { } target && NextBatch(lane) is { } batch)
                    requests.Add(SendAsync(lane, batch, target));
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            await Task.WhenAll(requests);
        }
    }

    private List<Message>? NextBatch(Lane lane)
    {
        lock (_gate)
        {
            if (Paused || lane.InFlight >= _options.Sender.InFlight)
                return null;
            var batch = lane.Take(_options.Sender.BatchSize, Now);
            if (batch.Count == 0)
                return null;
            if (_random.NextDouble() < _options.Sender.MixedPortals)
                AddOfOtherPortals(batch, lane);
            _random.Shuffle(CollectionsMarshal.AsSpan(batch)[..(_random.NextDouble() < _options.Sender.Disorder ? batch.Count : 0)]);
            lane.InFlight++;
            return batch;
        }
    }

    private void AddOfOtherPortals(List<Message> batch, Lane lane)
    {
        foreach (var other in _lanes.Values.Where(other => other != lane))
            batch.AddRange(other.Take(Math.Min(5, _options.Sender.BatchSize - batch.Count), Now));
    }

    private async Task SendAsync(Lane lane, List<Message> batch, Uri target)
    {
        var accepted = false;
        try
        {
            accepted = await _post.IsAcceptedAsync(batch, target, SignedUrl ?? target, Secret, _stop.Token);
        }
        finally
        {
            lock (_gate)
            {
                lane.InFlight--;
                Settle(batch, accepted);
            }
        }
    }

    private void Settle(List<Message> batch, bool accepted)
    {
        FailedRequests += accepted ? 0 : 1;
        foreach (var message in batch)
        {
            message.Deliveries++;
            if (accepted)
                Accept(message);
            else
                TryAgain(message);
        }
    }

    private void Accept(Message message)
    {
        message.Acknowledgements++;
        if (_random.NextDouble() < _options.Sender.Repetition)
            _lanes[message.Fact.PortalId].Add(message, Now + (_options.Sender.HeldBack * _random.NextDouble()));
    }

    private void TryAgain(Message message)
    {
        message.GivenUp = message.Attempt == _waits.Length;
        if (message.GivenUp)
            return;
        var wait = TimeSpan.FromMinutes(_waits[message.Attempt]) * (0.5 + (_random.NextDouble() / 2)) / _options.Sender.RetrySpeed;
        message.Attempt++;
        _lanes[message.Fact.PortalId].Add(message, Now + wait);
    }
}
