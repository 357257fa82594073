using System.Buffers;
using System.Net.WebSockets;

namespace Lucitra.Graph.Http.Sockets;

/// <summary>Puts the fragments of a message together, up to a size.</summary>
internal sealed class SocketReader(WebSocket socket, int maxBytes) : IDisposable
{
    private const int SmallestBuffer = 4096;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(SmallestBuffer);

    /// <summary>The next message, valid until the next call; the verdict says when there is none.</summary>
    public async Task<(SocketRead Verdict, ReadOnlyMemory<byte> Message)> ReadAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            if (length == _buffer.Length)
                Grow(length);

            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
                return (SocketRead.Closed, default);

            length += part.Count;
            if (length > maxBytes)
                return (SocketRead.TooLarge, default);
            if (part.EndOfMessage)
                return (part.MessageType == WebSocketMessageType.Text ? SocketRead.Message : SocketRead.Binary, _buffer.AsMemory(0, length));
        }
    }

    /// <summary>Reads and forgets what still arrives, until the client closes.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
            await socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = [];
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(length * 2);
        _buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = larger;
    }
}

internal enum SocketRead
{
    Message,
    Binary,
    TooLarge,
    Closed,
}
