using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Lucitra.Twin.Api;

/// <summary>What every call goes through: faults, token, limits, its handler, headers.</summary>
internal sealed class ApiPipeline(TwinOptions options, TwinClock clock, TwinState state, TwinFaults faults, TwinCalls calls)
{
    private readonly Tokens _tokens = new(options, state, faults);
    private readonly Dictionary<long, RateLimits> _limits = options.PortalIds.ToDictionary(portalId => portalId, _ => new RateLimits(options));

    public async Task RunAsync(HttpContext http, string operation, Func<ApiCall, ApiAnswer> handle)
    {
        using var body = await ReadAsync(http);
        var (effect, cut) = (faults.Strikes(0.5), faults.Strikes(faults.Reset));
        var broken = faults.Strikes(faults.ServerError);
        ApiAnswer? answer = null;
        RateLimits? limits = null;
        lock (state.Gate)
        {
            if (!(cut || broken) || effect)
                (answer, limits) = Answer(http, operation, handle, body.RootElement);
        }

        if (faults.Strikes(faults.Slow))
            await Task.Delay(faults.SlowFor, options.Clock, http.RequestAborted);
        calls.Add(operation, cut ? 0 : broken ? 502 : answer!.Status);
        if (cut)
            http.Abort();
        else
            await WriteAsync(http, broken ? Refusals.BadGateway() : answer!, limits);
    }

    public async Task RefreshAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        ApiAnswer answer;
        lock (state.Gate)
            answer = _tokens.Refresh(form);
        calls.Add("refresh token", answer.Status);
        await WriteAsync(http, answer, limits: null);
    }

    private (ApiAnswer Answer, RateLimits? Limits) Answer(HttpContext http, string operation, Func<ApiCall, ApiAnswer> handle, JsonElement body)
    {
        if (faults.Migrating)
            return (Refusals.Migrating(faults.MigratingFor), null);
        if (_tokens.PortalOf(http.Request.Headers.Authorization) is not { } portal)
            return (Refusals.Unauthorized(), null);
        var limits = _limits[portal.Id];
        var isSearch = operation.StartsWith("search", StringComparison.Ordinal);
        if (limits.Take(isSearch) is { } limit)
            return (Refusals.TooMany(limit, options.AppId, portal.Id), limits);
        if (faults.Strikes(faults.RateLimited))
            return (Refusals.TooMany(isSearch ? "secondly" : "ten_secondly_rolling", options.AppId, portal.Id), limits);
        if (Writes(http, operation) && faults.Strikes(faults.Locked))
            return (Refusals.Locked(), limits);
        return (Handle(handle, new ApiCall(http, portal, body, options, clock, faults)), limits);
    }

    private static ApiAnswer Handle(Func<ApiCall, ApiAnswer> handle, ApiCall call)
    {
        try
        {
            return handle(call);
        }
        catch (RefusedException refused)
        {
            return refused.Answer;
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // The body lacks a member, or has one of another kind.
            return Refusals.Malformed($"Invalid input JSON: {exception.Message}");
        }
    }

    private static bool Writes(HttpContext http, string operation) =>
        http.Request.Method != HttpMethods.Get && !operation.StartsWith("read", StringComparison.Ordinal) && !operation.StartsWith("search", StringComparison.Ordinal);

    private static async Task<JsonDocument> ReadAsync(HttpContext http)
    {
        try
        {
            return await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        }
        catch (JsonException)
        {
            // No body, or none that says anything: the handlers find what they need missing.
            return JsonDocument.Parse("{}");
        }
    }

    private async Task WriteAsync(HttpContext http, ApiAnswer answer, RateLimits? limits)
    {
        http.Response.StatusCode = answer.Status;
        var headers = http.Response.Headers;
        headers.Date = clock.UtcNow().ToString("R", CultureInfo.InvariantCulture);
        headers["X-HubSpot-Correlation-Id"] = Refusals.CorrelationId;
        if (answer.RetryAfter is { } retryAfter)
            headers.RetryAfter = ((int)retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (answer.TellsLimits && limits is not null)
        {
            lock (state.Gate)
                limits.Write(headers);
        }

        if (answer.Html is { } html)
            await WriteAsync(http, html, "text/html");
        else if (answer.Body is { } json)
            await WriteAsync(http, json.ToJsonString(), "application/json;charset=utf-8");
    }

    private static Task WriteAsync(HttpContext http, string text, string contentType)
    {
        http.Response.ContentType = contentType;
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
