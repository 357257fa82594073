using Lucitra.Webhooks.Queue.PubSub.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>
/// Takes the posts of a push subscription. Pub/Sub delivers again after anything but 2xx, later each time, and puts aside what
/// is refused for good.
/// </summary>
internal sealed partial class PushEndpoint(
    PushToken token,
    EventProcessor processor,
    QueueTelemetry telemetry,
    PubSubState state,
    PubSubMetrics metrics,
    IOptions<QueueOptions> options,
    TimeProvider clock,
    ILogger<PushEndpoint> logger)
{
    // The largest message in base64, with its attributes.
    private const int MaxBodyBytes = 16 * 1024 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        using var limit = new CancellationTokenSource(options.Value.PubSub.AckDeadline / 2, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, limit.Token);
        try
        {
            context.Response.StatusCode = await StatusOfAsync(context.Request, either.Token);
        }
        catch (Exception fault) when (!context.RequestAborted.IsCancellationRequested)
        {
            Log.NotStored(logger, FaultText.Of(fault));
            metrics.Nacked(1);
            state.Consumed(Grpc.Core.StatusCode.Unavailable);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task<int> StatusOfAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await token.VerifyAsync(request.Headers.Authorization, cancellationToken) is var verdict && verdict != PushVerdict.Accepted)
        {
            metrics.Refused();
            Log.Rejected(logger, verdict);
            return verdict == PushVerdict.Forbidden ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized;
        }

        if (await RequestBody.ReadAsync(request, MaxBodyBytes, cancellationToken) is not { } body)
            return Refuse(StatusCodes.Status413PayloadTooLarge);
        if (PushEnvelope.Read(body) is not { } message)
            return Refuse(StatusCodes.Status400BadRequest);

        metrics.Pushed();
        await ApplyAsync(message, cancellationToken);
        metrics.Acked(1);
        state.Consumed(Grpc.Core.StatusCode.OK);
        return StatusCodes.Status204NoContent;
    }

    private async Task ApplyAsync(PubsubMessage message, CancellationToken cancellationToken)
    {
        using var processing = telemetry.StartProcessing(QueueLabel.Topic(options.Value.PubSub.Topic), [PubSubMessages.TraceParentOf(message)]);
        await processor.ApplyAsync(PubSubMessages.EventsOf(message, clock.UtcNow()), cancellationToken);
        processing.Succeeded();
    }

    private int Refuse(int status)
    {
        metrics.Refused();
        Log.Refused(logger, status);
        return status;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Rejected a post to the push endpoint: {Verdict}")]
        public static partial void Rejected(ILogger logger, PushVerdict verdict);

        [LoggerMessage(2, LogLevel.Error, "Refused a post to the push endpoint with {Status}: it holds no message, or too large a one")]
        public static partial void Refused(ILogger logger, int status);

        [LoggerMessage(3, LogLevel.Error, "Could not store the events of a pushed message: {Fault}")]
        public static partial void NotStored(ILogger logger, string fault);
    }
}
