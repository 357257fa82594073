using System.Net.WebSockets;
using System.Text.Json;
using GraphQL.Transport;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Http.Sockets;

/// <summary>
/// One graphql-transport-ws connection: reads the client's messages, runs its operations, and closes with the first
/// reason that any part of it gives.
/// </summary>
internal sealed class SocketConnection(
    HttpContext context,
    SocketReader reader,
    SocketWriter writer,
    SocketOperationRunner runner,
    ConnectionAuthenticator? authenticator,
    CallerWatch? watch,
    GraphQLOptions options,
    TimeProvider time)
{
    private readonly TaskCompletionSource<SocketClose> _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SocketOperations _operations = new();
    private bool _initialized;
    private volatile bool _acknowledged;

    /// <summary>Whether the client may run operations.</summary>
    public bool IsAcknowledged => _acknowledged;

    /// <summary>Asks the connection to close; only the first reason counts.</summary>
    public void Close(SocketClose reason) => _closing.TrySetResult(reason);

    public async Task RunAsync()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var receiving = ReceiveAsync(stop.Token);
        var watching = SocketClock.RunAsync(this, writer, options, time, stop.Token);

        var reason = await _closing.Task;
        await _operations.StopAsync();
        await FinishAsync(reason, receiving);

        await stop.CancelAsync();
        await Task.WhenAll(receiving, watching);

        // Again: the message being handled while the connection closed may have started one.
        await _operations.StopAsync();
    }

    // The receive loop goes on after our close frame until the client's arrives, or the time to send one is over.
    private async Task FinishAsync(SocketClose reason, Task receiving)
    {
        try
        {
            await writer.CloseAsync(reason);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The client is gone or stuck; the socket is dropped with the request.
            return;
        }

        await receiving
            .WaitAsync(options.SendTimeout, time, context.RequestAborted)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!_closing.Task.IsCompleted)
            {
                var (verdict, message) = await reader.ReadAsync(cancellationToken);
                switch (verdict)
                {
                    case SocketRead.Message:
                        await HandleAsync(message, cancellationToken);
                        break;
                    case SocketRead.Closed:
                        Close(SocketClose.Normal);
                        return;
                    default:
                        Close(verdict == SocketRead.TooLarge ? SocketClose.TooLarge : SocketClose.InvalidMessage);
                        break;
                }
            }

            await reader.DrainAsync(cancellationToken);
        }
        catch (SlowConsumerException)
        {
            Close(SocketClose.SlowConsumer);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            Close(SocketClose.Normal);
        }
        finally
        {
            Close(SocketClose.ServerFault);
        }
    }

    private async Task HandleAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        if (!SocketMessage.TryRead(json, out var message))
        {
            Close(SocketClose.InvalidMessage);
            return;
        }

        switch (message.Type)
        {
            case "connection_init":
                await InitializeAsync(message, cancellationToken);
                break;
            case "ping":
                await writer.PongAsync(cancellationToken);
                break;
            case "pong":
                break;
            case "subscribe":
                await SubscribeAsync(message, cancellationToken);
                break;
            case "complete" when message.Id is not null:
                _operations.Cancel(message.Id);
                break;
            default:
                Close(SocketClose.InvalidType);
                break;
        }
    }

    private async Task InitializeAsync(SocketMessage message, CancellationToken cancellationToken)
    {
        if (_initialized)
        {
            Close(SocketClose.InitTwice);
            return;
        }

        _initialized = true;
        if (authenticator is not null)
        {
            JsonElement? payload = message.Payload.IsEmpty ? null : JsonElement.Parse(message.Payload.Span);
            if (!await authenticator(context, payload, cancellationToken))
            {
                Close(SocketClose.Forbidden);
                return;
            }
        }

        if (watch is not null)
            context.Response.RegisterForDispose(watch(context.User, () => Close(SocketClose.Forbidden)));
        _acknowledged = true;
        await writer.AcknowledgeAsync(cancellationToken);
    }

    private async Task SubscribeAsync(SocketMessage message, CancellationToken cancellationToken)
    {
        if (!_acknowledged)
        {
            Close(SocketClose.Unauthorized);
            return;
        }

        if (string.IsNullOrEmpty(message.Id) || message.Payload.IsEmpty)
        {
            Close(SocketClose.InvalidSubscribe);
            return;
        }

        if (_operations.Contains(message.Id))
        {
            Close(SocketClose.DuplicateId);
            return;
        }

        var request = new GraphQLRequest();
        var error = RequestJson.Read(new(message.Payload), request);
        if (string.IsNullOrEmpty(request.Query) && string.IsNullOrEmpty(request.DocumentId))
        {
            Close(SocketClose.InvalidSubscribe);
            return;
        }

        if (error is null && _operations.Count >= options.MaxSubscriptionsPerConnection)
        {
            error = new CodedError(
                ErrorCodes.TooManyOperations,
                $"GraphQL:MaxSubscriptionsPerConnection allows {options.MaxSubscriptionsPerConnection} operations at once.");
        }

        if (error is not null)
            await writer.ErrorAsync(message.Id, [error], cancellationToken);
        else
            _operations.Start(new(message.Id, request), operation => runner.RunAsync(operation, context, writer, Close));
    }
}
