using System.Diagnostics;
using System.Threading.Channels;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Schema.Subscriptions;

namespace Lucitra.Graph.Timeline;

/// <summary>
/// One subscriber of the change feed: catches up from where it left off, then reads from a bounded buffer, one change at
/// a time.
/// </summary>
internal sealed class ChangeSubscription : IDisposable
{
    /// <summary>Changes that may wait for a subscriber before it is cut off as too slow.</summary>
    private const int BufferedChanges = 1000;

    private readonly Channel<OfferedChange> _buffer = Channel.CreateBounded<OfferedChange>(BufferedChanges);
    private readonly CancellationTokenSource _ended = new();
    private readonly ChangeFeed _feed;
    private readonly string _recordType;
    private readonly SharedSelection? _selection;
    private readonly ActivityContext _subscriber = Activity.Current?.Context ?? default;
    private ChangePosition _from;

    public ChangeSubscription(ChangeFeed feed, string recordType, ChangePosition? after, SharedSelection? selection, IObserver<Delivery> observer)
    {
        _feed = feed;
        _recordType = recordType;
        _selection = selection;
        if (after is null)
            feed.Join(this);
        Completion = HandOverAsync(after, observer, _ended.Token);
    }

    /// <summary>Ends when the subscription has.</summary>
    public Task Completion { get; }

    public void Offer(OfferedChange offered)
    {
        var change = offered.Change;
        if (change.RecordType == _recordType && !(change.At <= _from) && !_buffer.Writer.TryWrite(offered))
            _buffer.Writer.TryComplete(new CodedError(ErrorCodes.SlowConsumer, $"More than {BufferedChanges} changes were waiting to be read; the subscription ended."));
    }

    /// <summary>Lets the subscriber read what it has, then tells it that there is no more.</summary>
    public void Complete() => _buffer.Writer.TryComplete();

    public void Dispose()
    {
        _feed.Leave(this);
        _ended.Cancel();
    }

    private async Task HandOverAsync(ChangePosition? after, IObserver<Delivery> observer, CancellationToken cancellationToken)
    {
        await Task.Yield();

        // A delivery belongs to the trace of its change.
        Activity.Current = null;
        try
        {
            if (after is { } position)
                await CatchUpAsync(position, observer, cancellationToken);
            await foreach (var offered in _buffer.Reader.ReadAllAsync(cancellationToken))
                await HandOverAsync(offered, observer, cancellationToken);
            observer.OnCompleted();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The subscriber left.
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            observer.OnError(fault);
        }
    }

    private async Task CatchUpAsync(ChangePosition position, IObserver<Delivery> observer, CancellationToken cancellationToken)
    {
        // The feed goes on meanwhile, so joining it is tried until it is not ahead of what was read here.
        while (true)
        {
            var page = await _feed.History.ReadAsync(position, cancellationToken);
            foreach (var change in page.Changes)
            {
                if (change.RecordType == _recordType)
                    await HandOverAsync(new OfferedChange(change), observer, cancellationToken);
                position = change.At;
            }

            _from = position;
            if (!page.HasMore && _feed.Join(this, position))
                return;
        }
    }

    private async Task HandOverAsync(OfferedChange offered, IObserver<Delivery> observer, CancellationToken cancellationToken)
    {
        var delivery = new Delivery(offered, _selection);
        using var activity = delivery.StartSpan(_subscriber);
        observer.OnNext(delivery);
        await delivery.WhenReadAsync(cancellationToken);
    }
}
