using System.Collections.Concurrent;
using Lucitra.Graph.Timeline;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Support;

/// <summary>A subscriber of a server's change feed that remembers what it gets.</summary>
internal sealed class RecordedChanges : IObserver<Delivery>, IDisposable
{
    private readonly ConcurrentQueue<RecordChange> _changes = new();
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _reads;
    private Delivery? _unread;
    private readonly IDisposable _subscription;

    private RecordedChanges(LucitraApp app, string recordType, bool reads)
    {
        _reads = reads;
        _subscription = app.Services.GetRequiredService<ChangeFeed>().Of(recordType).Subscribe(this);
    }

    public IReadOnlyList<long> Positions => [.. _changes.Select(change => change.Position)];

    /// <summary>The error with which the feed ended the subscription, or null where it ended in good order.</summary>
    public Task<Exception?> Ended => _ended.Task;

    /// <summary>Subscribes. One that does not read never asks for its second change.</summary>
    public static RecordedChanges Of(LucitraApp app, string recordType, bool reads = true) => new(app, recordType, reads);

    /// <summary>Reads from now on.</summary>
    public void ReadAll()
    {
        _reads = true;
        _unread?.MarkRead();
    }

    public void Dispose() => _subscription.Dispose();

    void IObserver<Delivery>.OnNext(Delivery value)
    {
        _unread = value;
        _changes.Enqueue(value.Change);
        if (_reads)
            value.MarkRead();
    }

    void IObserver<Delivery>.OnError(Exception error) => _ended.TrySetResult(error);

    void IObserver<Delivery>.OnCompleted() => _ended.TrySetResult(null);
}
