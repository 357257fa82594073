using System.Collections.Concurrent;

namespace Lucitra.Graph.Http.Sockets;

/// <summary>
/// The operations running on one connection. An id is free again as soon as its client completes it, the operation
/// counts until it has really ended.
/// </summary>
internal sealed class SocketOperations
{
    private readonly ConcurrentDictionary<string, SocketOperation> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SocketOperation, Task> _running = new();

    public int Count => _running.Count;

    public bool Contains(string id) => _byId.ContainsKey(id);

    public void Start(SocketOperation operation, Func<SocketOperation, Task> run)
    {
        _byId[operation.Id] = operation;
        _running[operation] = RunAsync(operation, run);
        if (operation.HasEnded)
            _running.TryRemove(operation, out _);
    }

    /// <summary>Ends the operation of this id, if it still runs.</summary>
    public void Cancel(string id)
    {
        if (_byId.TryRemove(id, out var operation))
            operation.Cancel();
    }

    /// <summary>Ends all operations and waits for them.</summary>
    public async Task StopAsync()
    {
        foreach (var operation in _running.Keys)
            operation.Cancel();

        await Task.WhenAll(_running.Values);
    }

    private async Task RunAsync(SocketOperation operation, Func<SocketOperation, Task> run)
    {
        // The receive loop must not wait for an operation that computes before its first await.
        await Task.Yield();
        try
        {
            await run(operation);
        }
        finally
        {
            _byId.TryRemove(new(operation.Id, operation));
            operation.Dispose();
            _running.TryRemove(operation, out _);
        }
    }
}
