using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Telemetry;

/// <summary>
/// Logs every request once, when it is answered: its method, the pattern of its route, status and duration. What a client
/// wrote into the address stays out.
/// </summary>
internal sealed partial class RequestLog(IOptions<TelemetryOptions> options, TimeProvider clock, ILogger<RequestLog> logger) : IMiddleware
{
    public static readonly string Category = typeof(RequestLog).FullName!;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var started = clock.GetTimestamp();
        var hasFailed = true;
        try
        {
            await next(context);
            hasFailed = false;
        }
        finally
        {
            Write(new AnsweredRequest(context.Request.Method, RouteOf(context), StatusOf(context, hasFailed), clock.GetElapsedTime(started).TotalMilliseconds));
        }
    }

    /// <summary>The request that a log entry of this class is about.</summary>
    public static AnsweredRequest Read<TState>(TState state)
    {
        var fields = (state as IEnumerable<KeyValuePair<string, object?>> ?? []).ToDictionary(field => field.Key, field => field.Value);
        return new AnsweredRequest((string)fields["Method"]!, (string)fields["Route"]!, (int)fields["Status"]!, (double)fields["Milliseconds"]!);
    }

    private void Write(AnsweredRequest request)
    {
        var (method, route, status, milliseconds) = request;
        if (status >= StatusCodes.Status500InternalServerError)
            Log.Failed(logger, method, route, status, milliseconds);
        else if (status >= StatusCodes.Status400BadRequest || (!IsHealth(route) && IsDrawn()))
            Log.Answered(logger, method, route, status, milliseconds);
    }

    // A client that goes away cancels what writes to it: no fault of the server.
    private static int StatusOf(HttpContext context, bool hasFailed) => (hasFailed, context) switch
    {
        (true, { RequestAborted.IsCancellationRequested: true }) => StatusCodes.Status499ClientClosedRequest,
        (true, { Response.HasStarted: false }) => StatusCodes.Status500InternalServerError,
        _ => context.Response.StatusCode,
    };

    private bool IsDrawn() => options.Value.RequestLogShare is var share && (share >= 1 || Random.Shared.NextDouble() < share);

    private static bool IsHealth(string route) => route.StartsWith("/health", StringComparison.Ordinal);

    private static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } pattern ? $"/{pattern.Trim('/')}" : "(no route)";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Answered {Method} {Route} with {Status} in {Milliseconds:0.0} ms")]
        public static partial void Answered(ILogger logger, string method, string route, int status, double milliseconds);

        [LoggerMessage(2, LogLevel.Warning, "Failed {Method} {Route} with {Status} in {Milliseconds:0.0} ms")]
        public static partial void Failed(ILogger logger, string method, string route, int status, double milliseconds);
    }
}

/// <summary>A request and what became of it. The method is one a client may have made up.</summary>
internal sealed record AnsweredRequest(string Method, string Route, int Status, double Milliseconds);
