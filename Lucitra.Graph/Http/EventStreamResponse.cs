using System.Buffers;
using System.IO.Pipelines;
using GraphQL;
using Lucitra.Graph.Schema.Documents;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Http;

/// <summary>Writes results as server-sent events <c>next</c> and <c>complete</c>, with comments while idle.</summary>
internal sealed partial class EventStreamResponse(
    ResultJson json, IHostApplicationLifetime lifetime, IOptions<GraphQLOptions> options, TimeProvider time, ILogger<EventStreamResponse> logger,
    CallerWatch? watch = null)
{
    private readonly GraphQLOptions _options = options.Value;

    public async Task WriteAsync(HttpContext context, ExecutionResult result)
    {
        context.Response.ContentType = MediaTypes.ContentType(ResponseFormat.EventStream);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        var output = context.Response.BodyWriter;
        using var stream = SubscriptionStream.Open(result, _options.MaxBufferedMessages);
        using var refused = new CancellationTokenSource();
        using var watching = stream is null ? null : watch?.Invoke(context.User, refused.Cancel);
        try
        {
            if (stream is null)
                WriteNext(output, result);
            else
                await WriteEventsAsync(output, stream, refused.Token, context.RequestAborted);

            // Clients subscribe again when a stream just ends, but not after a complete.
            if (stream is null || !(lifetime.ApplicationStopping.IsCancellationRequested || refused.IsCancellationRequested))
                output.Write("event: complete\ndata:\n\n"u8);
            await output.FlushAsync(context.RequestAborted);
        }
        catch (SlowConsumerException)
        {
            Log.SlowConsumer(logger);
            context.Abort();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client left; its subscription is disposed with the stream.
        }
    }

    private async Task WriteEventsAsync(PipeWriter output, SubscriptionStream stream, CancellationToken refused, CancellationToken aborted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(refused, aborted);
        var cancellationToken = either.Token;
        await output.FlushAsync(cancellationToken);
        var ready = stream.WaitAsync(cancellationToken).AsTask();
        while (true)
        {
            try
            {
                if (!await ready.WaitAsync(_options.KeepAliveInterval, time, cancellationToken))
                    return;
            }
            catch (OperationCanceledException) when (refused.IsCancellationRequested && !aborted.IsCancellationRequested)
            {
                // The caller is let in no more, and asks anew with credentials that hold.
                return;
            }
            catch (TimeoutException)
            {
                output.Write(":\n\n"u8);
                await output.FlushAsync(aborted);
                continue;
            }

            while (stream.TryRead(out var next) && !refused.IsCancellationRequested)
            {
                WriteNext(output, next);
                await output.FlushAsync(aborted);
            }

            ready = stream.WaitAsync(cancellationToken).AsTask();
        }
    }

    private void WriteNext(PipeWriter output, ExecutionResult result)
    {
        output.Write("event: next\ndata: "u8);
        json.Write(output, result);
        output.Write("\n\n"u8);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Event stream cut: the client read too slowly")]
        public static partial void SlowConsumer(ILogger logger);
    }
}
