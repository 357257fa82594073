using System.Threading.Channels;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Timeline;

/// <summary>One subscriber of the change feed: a bounded buffer, and a loop that hands over one change at a time.</summary>
internal sealed class ChangeSubscription : IDisposable
{
    /// <summary>Changes that may wait for a subscriber before it is cut off as too slow.</summary>
    private const int BufferedChanges = 1000;

    private readonly Channel<RecordChange> _buffer = Channel.CreateBounded<RecordChange>(BufferedChanges);
    private readonly CancellationTokenSource _ended = new();
    private readonly Action<ChangeSubscription> _release;
    private readonly string _recordType;

    public ChangeSubscription(string recordType, IObserver<Delivery> observer, Action<ChangeSubscription> release)
    {
        _recordType = recordType;
        _release = release;
        Completion = HandOverAsync(observer, _ended.Token);
    }

    /// <summary>Ends when the subscription has.</summary>
    public Task Completion { get; }

    public void Offer(RecordChange change)
    {
        if (change.RecordType == _recordType && !_buffer.Writer.TryWrite(change))
            _buffer.Writer.TryComplete(new CodedError(ErrorCodes.SlowConsumer, $"More than {BufferedChanges} changes were waiting to be read; the subscription ended."));
    }

    /// <summary>Lets the subscriber read what it has, then tells it that there is no more.</summary>
    public void Complete() => _buffer.Writer.TryComplete();

    public void Dispose()
    {
        _release(this);
        _ended.Cancel();
    }

    private async Task HandOverAsync(IObserver<Delivery> observer, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            await foreach (var change in _buffer.Reader.ReadAllAsync(cancellationToken))
            {
                var delivery = new Delivery(change);
                observer.OnNext(delivery);
                await delivery.WhenReadAsync(cancellationToken);
            }

            observer.OnCompleted();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The subscriber left.
        }
        catch (CodedError tooSlow)
        {
            observer.OnError(tooSlow);
        }
    }
}
