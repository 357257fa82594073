using Lucitra.Graph.Http.Rest;
using Scalar.AspNetCore;

namespace Lucitra.Graph.Http.OpenApi;

/// <summary>What tells people and tools about the REST routes: the OpenAPI description, its pages, and those of problems.</summary>
internal static class OpenApiModule
{
    public const string DocsRoute = "/docs";

    // The reference styles itself inline, and calls the server that it came from.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self' 'nonce-NONCE'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    public static IServiceCollection AddOpenApi(this IServiceCollection services) => services
        .AddSingleton<OpenApiText>()
        .AddSingleton<OpenApiEndpoint>()
        .AddSingleton<ProblemPages>();

    public static void MapOpenApi(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods(
            OpenApiText.Route, [HttpMethods.Get, HttpMethods.Head], (HttpContext context, OpenApiEndpoint openApi) => openApi.HandleAsync(context));
        endpoints.MapGet(ProblemPages.Route, (HttpContext context, ProblemPages pages) => pages.WriteListAsync(context));
        endpoints.MapGet(ProblemPages.Route + "/{code}", (HttpContext context, ProblemPages pages, string code) => pages.WriteAsync(context, code));
        endpoints.MapScalarApiReference(DocsRoute, (options, context) =>
        {
            options.WithTitle("Lucitra REST API").WithOpenApiRoutePattern(OpenApiText.Route).WithNonce().DisableTelemetry().DisableAgent().DisableMcp();
            options.DefaultFonts = false;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy.Replace(
                    "NONCE", (string)context.Items[ScalarOptions.NonceHttpContextItemKey]!, StringComparison.Ordinal);
                return Task.CompletedTask;
            });
        });
    }
}
