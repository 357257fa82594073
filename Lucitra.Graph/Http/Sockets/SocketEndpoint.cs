using System.Net.WebSockets;
using Lucitra.Graph.Schema.Documents;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Http.Sockets;

/// <summary>Accepts graphql-transport-ws connections.</summary>
internal sealed class SocketEndpoint(
    SocketOperationRunner runner,
    ResultJson json,
    IOptions<GraphQLOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ConnectionAuthenticator? authenticator = null,
    CallerWatch? watch = null)
{
    private const string Subprotocol = "graphql-transport-ws";
    private readonly GraphQLOptions _options = options.Value;

    public async Task HandleAsync(HttpContext context)
    {
        if (!OriginCheck.Allows(context.Request, _options.AllowedOrigins))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var isKnown = context.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = isKnown ? Subprotocol : null,
            KeepAliveInterval = _options.KeepAliveInterval,
            KeepAliveTimeout = _options.KeepAliveInterval,
        });
        if (isKnown)
            await RunAsync(context, socket);
        else
            await socket.CloseOutputAsync(
                (WebSocketCloseStatus)SocketClose.NoSubprotocol.Code, SocketClose.NoSubprotocol.Reason, context.RequestAborted);
    }

    private async Task RunAsync(HttpContext context, WebSocket socket)
    {
        using var reader = new SocketReader(socket, _options.MaxRequestBytes);
        using var writer = new SocketWriter(socket, json, _options.SendTimeout, time);
        var connection = new SocketConnection(context, reader, writer, runner, authenticator, watch, _options, time);
        using var stopping = lifetime.ApplicationStopping.Register(() => connection.Close(SocketClose.Restarting));
        await connection.RunAsync();
    }
}
