using System.Text.Json;
using Lucitra.Graph.Http;
using Lucitra.Graph.Http.Rest;
using Lucitra.Graph.Schema.Documents;
using Microsoft.AspNetCore.Authorization;

namespace Lucitra.Graph.Auth;

/// <summary>
/// Lets only known callers through to <c>/graphql</c> and <c>/api/v1</c>. The explorer's page and files are for everybody,
/// in Development the schema's text too; a WebSocket may bring its credentials in connection_init instead.
/// </summary>
internal sealed class CallerGate(CallerAuthentication authentication, IHostEnvironment environment) : IMiddleware
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!ApiPaths.Contain(context))
        {
            await next(context);
            return;
        }

        var isRest = ApiPaths.IsRest(context);
        var caller = await authentication.AuthenticateAsync(
            context.Request.Headers["X-Api-Key"], context.Request.Headers.Authorization, AddressOf(context), context.RequestAborted);
        if (caller is not null)
            context.User = caller;

        if (caller is not null || (!isRest && IsForEverybody(context)))
            await next(context);
        else
            await RefuseAsync(context, isRest);
    }

    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    private bool IsForEverybody(HttpContext context)
    {
        var request = context.Request;
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return true;

        var isEndpoint = request.Path.Value!.TrimEnd('/').Length == "/graphql".Length;
        if (isEndpoint && context.WebSockets.IsWebSocketRequest)
            return true;
        if (!HttpMethods.IsGet(request.Method))
            return false;
        if (isEndpoint && !request.QueryString.HasValue)
            return MediaTypes.AcceptsHtml(request);

        // Of /graphql/..., what is no explorer file is the schema's text.
        return environment.IsDevelopment() && (!isEndpoint || request.QueryString.Value == "?sdl");
    }

    private static async Task RefuseAsync(HttpContext context, bool isRest)
    {
        const string Message = "Send the API key as `Authorization: Bearer <key>` or `X-Api-Key: <key>`.";
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        context.Response.Headers.CacheControl = "no-store";
        if (isRest)
        {
            await RestProblem.WriteAsync(context, StatusCodes.Status401Unauthorized, ErrorCodes.NotAuthenticated, Message);
            return;
        }

        context.Response.ContentType = "application/graphql-response+json; charset=utf-8";
        await JsonSerializer.SerializeAsync(
            context.Response.Body,
            new { errors = new[] { new { message = Message, extensions = new { code = ErrorCodes.NotAuthenticated } } } },
            cancellationToken: context.RequestAborted);
    }
}
