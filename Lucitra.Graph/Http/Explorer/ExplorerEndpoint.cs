using Lucitra.Graph.Http.Pages;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Http.Explorer;

/// <summary>
/// Banana Cake Pop at <c>/graphql/</c>, from the folder <c>explorer</c> beside the program; where the build could not
/// fetch it, a page that says how to get it.
/// </summary>
internal sealed class ExplorerEndpoint(IOptions<ExplorerOptions> options) : IDisposable
{
    // The IDE does not start without eval (it compiles JSON schemas), styles itself inline, and works in blob workers.
    // It may talk to any server, since the endpoint of a tab is the user's choice; it loads code only from here.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self' http: https: ws: wss:; "
        + "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";

    private readonly ExplorerOptions _options = options.Value;
    private readonly PageFiles _files = new("explorer");

    public Task HandlePageAsync(HttpContext context)
    {
        var request = context.Request;

        // The page's own links are relative to /graphql/.
        if (!request.Path.Value!.EndsWith('/'))
        {
            context.Response.Redirect($"{request.PathBase}{request.Path}/");
            return Task.CompletedTask;
        }

        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (!_files.AreThere)
            return ExplorerFallback.WriteAsync(context);
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return _files.SendPageAsync(context);
    }

    public Task HandleFileAsync(HttpContext context, string path) => path == "bcp-config.json"
        ? WriteConfigurationAsync(context)
        : _files.SendFileAsync(context, path, isHashed: path.StartsWith("static/", StringComparison.Ordinal));

    public void Dispose() => _files.Dispose();

    private Task WriteConfigurationAsync(HttpContext context)
    {
        // Headers may hold a key: not for caches, and a page of another site cannot read it without CORS.
        context.Response.Headers.CacheControl = "no-store";
        var configuration = new Dictionary<string, object?>
        {
            ["useBrowserUrlAsEndpoint"] = true,
            ["disableTelemetry"] = true,
            ["includeCookies"] = false,
            ["useGet"] = false,
        };
        if (_options.HttpHeaders(context) is { Count: > 0 } headers)
            configuration["httpHeaders"] = headers;
        if (_options.Document.Length > 0)
            configuration["graphQLDocument"] = _options.Document;
        return context.Response.WriteAsJsonAsync(configuration, context.RequestAborted);
    }
}
