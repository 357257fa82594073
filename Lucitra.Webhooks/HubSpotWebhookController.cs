using System.Diagnostics;
using System.Globalization;
using Lucitra.Webhooks.Queue;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks;

/// <summary>
/// Takes HubSpot's deliveries: proves who sent one, keeps it, and answers. HubSpot waits 5 seconds and sends again after
/// anything but 2xx, so nothing else happens here.
/// </summary>
[AllowAnonymous]
[SkipStatusCodePages]
internal sealed partial class HubSpotWebhookController(
    IEventQueue queue,
    IOptions<HubSpotOptions> hubSpot,
    IOptions<WebhookOptions> webhooks,
    LucitraWebhookMetrics metrics,
    TimeProvider clock,
    ILogger<HubSpotWebhookController> logger) : ControllerBase
{
    private const int RetryAfterSeconds = 10;

    // HubSpot gives up after 5 seconds, and would not know why.
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(4);

    // No parameters: binding any would let MVC read a body that calls itself a form.
    [HttpPost("/webhook")]
    [DisableRequestSizeLimit]
    public async Task<IActionResult> ReceiveAsync()
    {
        var receivedAt = clock.UtcNow();
        if (await RequestBody.ReadAsync(Request, webhooks.Value.MaxBodyBytes, HttpContext.RequestAborted) is not { } body)
            return Refuse(StatusCodes.Status413PayloadTooLarge, "too_large", $"Send at most {webhooks.Value.MaxBodyBytes} bytes.");

        if (Verify(body) is var verdict && verdict != SignatureVerdict.Valid)
        {
            metrics.Rejected(verdict);
            Log.Rejected(logger, verdict);
            return Unauthorized();
        }

        var (outline, events) = WebhookBody.Scan(body, webhooks.Value.MaxEventsPerBatch);
        if (outline == WebhookBodyVerdict.TooManyEvents)
            return Refuse(StatusCodes.Status413PayloadTooLarge, "too_large", $"Send at most {webhooks.Value.MaxEventsPerBatch} events.");
        if (outline != WebhookBodyVerdict.Readable)
            return Refuse(StatusCodes.Status400BadRequest, "malformed", Advice(outline));

        return events == 0 ? Acknowledge(0) : await EnqueueAsync(body, receivedAt, events);
    }

    private SignatureVerdict Verify(byte[] body)
    {
        // Path and query as they came: every other form of them has been decoded somewhere.
        var target = HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var request = SignedRequest.From(Request.Method, hubSpot.Value.UrlOf(target), body, Request.Headers);
        return HubSpotSignature.Verify(request, hubSpot.Value, clock.GetUtcNow());
    }

    private async Task<IActionResult> EnqueueAsync(byte[] body, DateTime receivedAt, int events)
    {
        var traceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;
        using var limit = new CancellationTokenSource(_longestWait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(HttpContext.RequestAborted, limit.Token);
        try
        {
            await queue.EnqueueAsync(new AcceptedDelivery(body, receivedAt, traceParent), either.Token);
        }
        catch (Exception fault) when (!HttpContext.RequestAborted.IsCancellationRequested)
        {
            metrics.Delivered("unavailable");
            Log.QueueFailed(logger, fault);
            Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
            return StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        return Acknowledge(events);
    }

    private NoContentResult Acknowledge(int events)
    {
        metrics.Delivered("accepted");
        Log.Accepted(logger, events);
        return NoContent();
    }

    private ObjectResult Refuse(int status, string outcome, string advice)
    {
        metrics.Delivered(outcome);
        Log.Refused(logger, status, advice);
        return Problem(statusCode: status, detail: advice);
    }

    private static string Advice(WebhookBodyVerdict outline) => outline switch
    {
        WebhookBodyVerdict.Empty => "The body is empty. Send a JSON array of events.",
        WebhookBodyVerdict.NotAnArray => "The body is JSON, but not an array. Put the events into a JSON array.",
        WebhookBodyVerdict.TooDeep => $"The body is nested deeper than {WebhookBody.MaxDepth} levels. Send HubSpot's events as they are.",
        _ => "The body is not complete, valid JSON. Send a JSON array of events.",
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Accepted delivery of {Events} events")]
        public static partial void Accepted(ILogger logger, int events);

        [LoggerMessage(2, LogLevel.Warning, "Rejected delivery: {Verdict}")]
        public static partial void Rejected(ILogger logger, SignatureVerdict verdict);

        [LoggerMessage(3, LogLevel.Warning, "Refused delivery with {Status}: {Advice}")]
        public static partial void Refused(ILogger logger, int status, string advice);

        [LoggerMessage(4, LogLevel.Error, "Failed to queue a delivery")]
        public static partial void QueueFailed(ILogger logger, Exception fault);
    }
}
