using System.Net.WebSockets;
using GraphQL;
using Lucitra.Graph.RateLimits;
using Lucitra.Graph.Schema.Documents;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Http.Sockets;

/// <summary>Runs an operation and sends its results: several <c>next</c> and a <c>complete</c>, or one <c>error</c>.</summary>
internal sealed partial class SocketOperationRunner(
    ClientOperations operations,
    RateLimiter limiter,
    IServiceScopeFactory scopes,
    IHostApplicationLifetime lifetime,
    IOptions<GraphQLOptions> options,
    ILogger<SocketOperationRunner> logger)
{
    private readonly int _maxBufferedMessages = options.Value.MaxBufferedMessages;

    public async Task RunAsync(SocketOperation operation, HttpContext context, SocketWriter writer, Action<SocketClose> close)
    {
        try
        {
            if (limiter.TakeRequest(context.User) is { } refusal)
            {
                await writer.ErrorAsync(operation.Id, [refusal], operation.Cancelled);
                return;
            }

            await using var scope = scopes.CreateAsyncScope();
            var caller = new OperationCaller(scope.ServiceProvider, context.User, HasOwnTrace: true);
            var result = await operations.ExecuteAsync(operation.Request, caller, OperationKinds.Any, operation.Cancelled);
            await SendAsync(operation, result, writer);
        }
        catch (SlowConsumerException)
        {
            Log.SlowConsumer(logger);
            close(SocketClose.SlowConsumer);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // Completed by the client, or the connection is gone.
        }
#pragma warning disable CA1031 // The edge of an operation: a bug in it must not take its neighbours along unnoticed.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.OperationFailed(logger, e);
            close(SocketClose.ServerFault);
        }
    }

    private async Task SendAsync(SocketOperation operation, ExecutionResult result, SocketWriter writer)
    {
        var cancelled = operation.Cancelled;
        using var stream = SubscriptionStream.Open(result, _maxBufferedMessages);
        if (stream is null && !result.Executed)
        {
            await writer.ErrorAsync(operation.Id, result.Errors!, cancelled);
            return;
        }

        if (stream is null)
        {
            await writer.NextAsync(operation.Id, result, cancelled);
        }
        else
        {
            while (await stream.WaitAsync(cancelled))
            {
                while (stream.TryRead(out var next))
                    await writer.NextAsync(operation.Id, next, cancelled);
            }

            // Clients subscribe again after a close with 1012, but not after a complete.
            if (lifetime.ApplicationStopping.IsCancellationRequested)
                return;
        }

        await writer.CompleteAsync(operation.Id, cancelled);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "WebSocket closed: the client read too slowly")]
        public static partial void SlowConsumer(ILogger logger);

        [LoggerMessage(LogLevel.Error, "WebSocket operation failed outside the engine")]
        public static partial void OperationFailed(ILogger logger, Exception exception);
    }
}
