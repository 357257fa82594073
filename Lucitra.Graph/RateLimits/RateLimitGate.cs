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
    public static void UseAddressLimit(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<RateLimitOptions>>().Value.Enabled)
            return;

        var limiter = app.Services.GetRequiredService<RateLimiter>();
        app.Use((context, next) =>
        {
            if (!Counts(context))
                return next(context);

            context.Response.OnStarting(() =>
            {
                RateLimitHeaders.Write(context.Response.Headers, limiter.StatesOf(context));
                return Task.CompletedTask;
            });
            return PassAsync(context, limiter.TakeAddress(context.Connection.RemoteIpAddress), next);
        });
    }

    public static void UseCallerLimit(this WebApplication app)
    {
        var limiter = app.Services.GetRequiredService<RateLimiter>();
        app.Use((context, next) => PassAsync(context, Counts(context) ? limiter.TakeRequest(context.User) : null, next));
    }

    /// <summary>Says in <c>Retry-After</c> when an answer with 429 may be asked for again.</summary>
    public static void SetRetryAfter(HttpResponse response, IDictionary<string, object?>? extensions)
    {
        if (extensions?.TryGetValue(RateLimiter.RetryAfter, out var value) == true && value is int seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
    }

    // The explorer's files are for everybody, and many.
    private static bool Counts(HttpContext context) =>
        ApiPaths.Contain(context) && (ApiPaths.IsRest(context) || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null);

    private static Task PassAsync(HttpContext context, CodedError? refusal, RequestDelegate next) =>
        refusal is null ? next(context) : RefuseAsync(context, refusal);

    private static async Task RefuseAsync(HttpContext context, CodedError refusal)
    {
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
