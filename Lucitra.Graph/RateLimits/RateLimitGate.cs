using System.Globalization;
using System.Text.Json;
using Lucitra.Graph.Http;
using Lucitra.Graph.Http.Rest;
using Lucitra.Graph.Schema.Documents;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.RateLimits;

/// <summary>
/// Counts requests to the API: by address before their credentials are looked at, by caller after. Every answer says how
/// the limits stand.
/// </summary>
internal static class RateLimitGate
{
    public static void UseAddressLimit(this WebApplication app) => app.Use(async (context, next) =>
    {
        var limiter = context.RequestServices.GetRequiredService<RateLimiter>();
        if (!Counts(context))
        {
            await next(context);
            return;
        }

        context.Response.OnStarting(() =>
        {
            if (context.RequestServices.GetRequiredService<IOptions<RateLimitOptions>>().Value.Enabled)
                RateLimitHeaders.Write(context.Response.Headers, [.. limiter.StatesOf(context)]);
            return Task.CompletedTask;
        });
        await PassAsync(context, limiter.TakeAddress(context.Connection.RemoteIpAddress), next);
    });

    public static void UseCallerLimit(this WebApplication app) => app.Use(async (context, next) =>
        await PassAsync(
            context, Counts(context) ? context.RequestServices.GetRequiredService<RateLimiter>().TakeRequest(context.User) : null, next));

    /// <summary>Says in <c>Retry-After</c> when an answer with 429 may be asked for again.</summary>
    public static void SetRetryAfter(HttpResponse response, IDictionary<string, object?>? extensions)
    {
        if (extensions?.TryGetValue(RateLimiter.RetryAfter, out var value) == true && value is int seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
    }

    // The explorer's files are for everybody, and many.
    private static bool Counts(HttpContext context) =>
        ApiPaths.Contain(context) && (ApiPaths.IsRest(context) || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null);

    private static async Task PassAsync(HttpContext context, CodedError? refusal, RequestDelegate next)
    {
        if (refusal is null)
        {
            await next(context);
            return;
        }

        SetRetryAfter(context.Response, refusal.Extensions);
        if (ApiPaths.IsRest(context))
        {
            await RestProblem.WriteAsync(context, StatusCodes.Status429TooManyRequests, refusal.Code!, refusal.Message);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.ContentType = "application/graphql-response+json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var extensions = new Dictionary<string, object?>(refusal.Extensions!) { ["code"] = refusal.Code };
        await JsonSerializer.SerializeAsync(
            context.Response.Body, new { errors = new[] { new { message = refusal.Message, extensions } } }, cancellationToken: context.RequestAborted);
    }
}
