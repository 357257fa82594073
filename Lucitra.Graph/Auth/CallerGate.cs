using System.Text.Json;
using Lucitra.Graph.Auth.SignIn;
using Lucitra.Graph.Database;
using Lucitra.Graph.Http;
using Lucitra.Graph.Http.Rest;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Webhooks.Inbox;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Auth;

/// <summary>
/// Finds out who calls <c>/graphql</c> and <c>/api/v1</c>, and lets nobody else through but to what is for everybody: the
/// explorer's page and files, in Development the schema's text, REST endpoints that say so, and posted GraphQL operations, of which
/// <see cref="OpenOperations"/> lets those run that are open. A WebSocket may bring its credentials in connection_init.
/// </summary>
internal sealed class CallerGate(CallerAuthentication authentication, IDbContextFactory<LucitraDbContext> contexts, IHostEnvironment environment) : IMiddleware
{
    private const string Message = "Send an access token or API key as `Authorization: Bearer <token>`, or an API key as `X-Api-Key: <key>`.";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!ApiPaths.Contain(context))
        {
            await next(context);
            return;
        }

        var isRest = ApiPaths.IsRest(context);
        try
        {
            if (await CallerOfAsync(context) is { } caller)
                context.User = caller;
        }
        catch (Exception fault) when (IsUnavailable(fault))
        {
            context.Response.Headers.RetryAfter = "5";
            await RefuseAsync(context, isRest, StatusCodes.Status503ServiceUnavailable, ErrorCodes.Unexpected, "Credentials cannot be checked at present. Try again.");
            return;
        }

        if (Caller.Of(context.User) is not null || IsForEverybody(context, isRest))
            await next(context);
        else
            await RefuseAsync(context, isRest, StatusCodes.Status401Unauthorized, ErrorCodes.NotAuthenticated, Message);
    }

    /// <summary>Where a request comes from; an IPv4 address as such, though the server listens for both kinds at once.</summary>
    public static string AddressOf(HttpContext context) =>
        (context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress)?.ToString() ?? "";

    private async ValueTask<System.Security.Claims.ClaimsPrincipal?> CallerOfAsync(HttpContext context)
    {
        var request = context.Request;
        var (apiKey, authorization) = ((string?)request.Headers["X-Api-Key"], (string?)request.Headers.Authorization);
        if (!string.IsNullOrEmpty(apiKey) || !string.IsNullOrEmpty(authorization))
            return await authentication.AuthenticateAsync(apiKey, authorization, AddressOf(context), context.RequestAborted);
        return SessionCookies.AccessOf(request) is { } cookie && SessionCookies.MayCount(request)
            ? await authentication.ByTokenAsync(cookie, context.RequestAborted)
            : null;
    }

    private bool IsUnavailable(Exception fault)
    {
        if (fault is AuthenticationUnavailableException)
            return true;
        using var db = contexts.CreateDbContext();
        return db.FaultOf(fault) == DatabaseFault.Unavailable;
    }

    private bool IsForEverybody(HttpContext context, bool isRest)
    {
        var request = context.Request;
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return true;
        if (isRest)
            return false;

        var isEndpoint = request.Path.Value!.TrimEnd('/').Length == "/graphql".Length;
        if (isEndpoint && (context.WebSockets.IsWebSocketRequest || HttpMethods.IsPost(request.Method)))
            return true;
        if (!HttpMethods.IsGet(request.Method))
            return false;
        if (isEndpoint && !request.QueryString.HasValue)
            return MediaTypes.AcceptsHtml(request);

        // Of /graphql/..., what is no explorer file is the schema's text.
        return environment.IsDevelopment() && (!isEndpoint || request.QueryString.Value == "?sdl");
    }

    private static async Task RefuseAsync(HttpContext context, bool isRest, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        context.Response.Headers.CacheControl = "no-store";
        if (isRest)
        {
            await RestProblem.WriteAsync(context, status, code, message);
            return;
        }

        context.Response.ContentType = "application/graphql-response+json; charset=utf-8";
        await JsonSerializer.SerializeAsync(
            context.Response.Body, new { errors = new[] { new { message, extensions = new { code } } } }, cancellationToken: context.RequestAborted);
    }
}
