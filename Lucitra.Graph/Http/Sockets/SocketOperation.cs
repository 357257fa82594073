using GraphQL.Transport;

namespace Lucitra.Graph.Http.Sockets;

/// <summary>One operation of a WebSocket client.</summary>
internal sealed class SocketOperation(string id, GraphQLRequest request) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _lock = new();
    private volatile bool _hasEnded;

    public string Id => id;

    public GraphQLRequest Request => request;

    public CancellationToken Cancelled => _cancellation.Token;

    public bool HasEnded => _hasEnded;

    public void Cancel()
    {
        lock (_lock)
        {
            if (!_hasEnded)
                _cancellation.Cancel();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _hasEnded = true;
            _cancellation.Dispose();
        }
    }
}
