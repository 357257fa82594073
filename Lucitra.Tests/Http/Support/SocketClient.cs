using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Http.Support;

/// <summary>A WebSocket client that says and hears text.</summary>
internal sealed class SocketClient : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    public string? Subprotocol => _socket.SubProtocol;

    public (int Code, string? Reason) Closed => ((int)_socket.CloseStatus.GetValueOrDefault(), _socket.CloseStatusDescription);

    public static Task<SocketClient> ConnectAsync(GraphQLHost host, string? subprotocol = "graphql-transport-ws", string? origin = null) =>
        ConnectAsync(host.Address, subprotocol, origin is null ? [] : [("Origin", origin)]);

    public static async Task<SocketClient> ConnectAsync(Uri server, string? subprotocol, params IEnumerable<(string Name, string Value)> headers)
    {
        var client = new SocketClient();
        if (subprotocol is not null)
            client._socket.Options.AddSubProtocol(subprotocol);
        foreach (var (name, value) in headers)
            client._socket.Options.SetRequestHeader(name, value);
        var address = new UriBuilder(server) { Scheme = "ws", Path = "/graphql" }.Uri;
        await client._socket.ConnectAsync(address, Limit());
        return client;
    }

    /// <summary>Connects and initializes.</summary>
    public static async Task<SocketClient> OpenAsync(GraphQLHost host)
    {
        var client = await ConnectAsync(host);
        await client.SayAsync("""{"type":"connection_init","payload":{}}""");
        Assert.Equal("""{"type":"connection_ack"}""", await client.HearAsync());
        return client;
    }

    public Task SayAsync(string message, bool endOfMessage = true) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, endOfMessage, Limit());

    public Task SubscribeAsync(string id, string document) =>
        SayAsync($$$"""{"id":"{{{id}}}","type":"subscribe","payload":{"query":"{{{document}}}"}}""");

    /// <summary>The next message, or null when the server closed.</summary>
    public async Task<string?> HearAsync()
    {
        var length = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), Limit());
            if (part.MessageType == WebSocketMessageType.Close)
                return null;

            length += part.Count;
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(_buffer, 0, length);
        }
    }

    /// <summary>The next event of a subscription or result of an operation, whatever the server says in between.</summary>
    public async Task<JsonElement> HearNextAsync()
    {
        while (await HearAsync() is { } message)
        {
            var said = JsonElement.Parse(message);
            if (said.Text("type") == "next")
                return said;
            if (said.Text("type") == "ping")
                await SayAsync("""{"type":"pong"}""");
        }

        throw new InvalidOperationException($"The server closed with {Closed}.");
    }

    /// <summary>Hears on until the server closes.</summary>
    public async Task<(int Code, string? Reason)> HearCloseAsync()
    {
        while (await HearAsync() is not null)
        {
            // Only the end is of interest.
        }

        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Limit());
        return Closed;
    }

    public void Dispose() => _socket.Dispose();

    private static CancellationToken Limit() => new CancellationTokenSource(TimeSpan.FromSeconds(15)).Token;
}
