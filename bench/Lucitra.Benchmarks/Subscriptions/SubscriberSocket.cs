using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Lucitra.Benchmarks.Subscriptions;

/// <summary>One WebSocket with some subscriptions on it, which says what comes and keeps nothing.</summary>
internal sealed class SubscriberSocket : IAsyncDisposable
{
    private const int LargestMessage = 2048;

    private static readonly byte[] _pong = """{"type":"pong"}"""u8.ToArray();

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Arrivals _arrivals;
    private readonly HeardEvent? _heard;
    private Task _reading = Task.CompletedTask;

    private SubscriberSocket(Arrivals arrivals, HeardEvent? heard) => (_arrivals, _heard) = (arrivals, heard);

    public delegate void HeardEvent(ReadOnlySpan<byte> message);

    /// <summary>Connects and subscribes.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="key">The API key.</param>
    /// <param name="documents">What is subscribed to.</param>
    /// <param name="arrivals">Counts what comes, and is told of what should not.</param>
    /// <param name="heard">Gets each message that brings an event.</param>
    public static async Task<SubscriberSocket> OpenAsync(Uri server, string key, IEnumerable<string> documents, Arrivals arrivals, HeardEvent? heard)
    {
        var opened = new SubscriberSocket(arrivals, heard);
        var socket = opened._socket;
        socket.Options.AddSubProtocol("graphql-transport-ws");
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket.Options.SetRequestHeader("X-Api-Key", key);
        await socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/graphql" }.Uri, CancellationToken.None);
        await opened.SayAsync("""{"type":"connection_init"}"""u8.ToArray());
        opened._reading = opened.ReadOnAsync();
        var id = 0;
        foreach (var query in documents)
            await opened.SayAsync(JsonSerializer.SerializeToUtf8Bytes(new { id = $"{id++}", type = "subscribe", payload = new { query } }));
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _turn.Dispose();
        _ended.Dispose();
    }

    private async Task SayAsync(byte[] message)
    {
        await _turn.WaitAsync(_ended.Token);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, _ended.Token);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ReadOnAsync()
    {
        try
        {
            await ReadAsync();
        }
        catch (Exception fault) when (!_ended.IsCancellationRequested)
        {
            _arrivals.Fail(fault);
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[LargestMessage];
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(length), _ended.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new BenchFailure($"The server closed a connection: {_socket.CloseStatusDescription}");
            length += part.Count;
            if (!part.EndOfMessage)
                continue;

            if (AsksForPong(buffer.AsSpan(0, length)))
                await SayAsync(_pong);
            length = 0;
        }
    }

    private bool AsksForPong(ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("""
            "type":"next"
            """u8) > 0)
        {
            _heard?.Invoke(message);
            _arrivals.Add();
            return false;
        }

        return message.SequenceEqual("""{"type":"ping"}"""u8)
            || (message.SequenceEqual("""{"type":"connection_ack"}"""u8) ? false : throw new BenchFailure($"The server sent {Encoding.UTF8.GetString(message)}"));
    }
}
