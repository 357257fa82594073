using System.Threading.Channels;
using GraphQL;
using GraphQL.Execution;

namespace Lucitra.Graph.Http;

/// <summary>
/// The events of one subscription, at most a fixed number ahead of the client. The engine pushes and cannot wait,
/// so an event that finds the buffer full ends the stream with <see cref="SlowConsumerException"/>.
/// </summary>
internal sealed class SubscriptionStream : IObserver<ExecutionResult>, IDisposable
{
    private readonly Channel<ExecutionResult> _events;
    private readonly IDisposable _subscription;
    private volatile bool _overrun;

    private SubscriptionStream(IObservable<ExecutionResult> source, int capacity)
    {
        _events = Channel.CreateBounded<ExecutionResult>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _subscription = source.Subscribe(this);
    }

    /// <summary>The stream of a started subscription, or null when the result is already the whole answer.</summary>
    public static SubscriptionStream? Open(ExecutionResult result, int capacity) =>
        result.Streams is { Count: > 0 } streams ? new(streams.First().Value, capacity) : null;

    /// <summary>Waits for an event; false at the end of the stream.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _events.Reader.WaitToReadAsync(cancellationToken);

    public bool TryRead(out ExecutionResult result)
    {
        // What is buffered is stale once events were lost after it.
        if (_overrun)
            throw new SlowConsumerException();

        return _events.Reader.TryRead(out result!);
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _events.Writer.TryComplete();
    }

    void IObserver<ExecutionResult>.OnNext(ExecutionResult value)
    {
        if (_events.Writer.TryWrite(value))
            return;

        _overrun = true;
        _events.Writer.TryComplete(new SlowConsumerException());
    }

    void IObserver<ExecutionResult>.OnError(Exception error)
    {
        var failure = error as ExecutionError ?? new UnhandledError("Unexpected Execution Error", error);
        _events.Writer.TryWrite(new(failure));
        _events.Writer.TryComplete();
    }

    void IObserver<ExecutionResult>.OnCompleted() => _events.Writer.TryComplete();
}

/// <summary>A client reads its events more slowly than they happen.</summary>
internal sealed class SlowConsumerException() : Exception("The client is too slow for its subscription.");
