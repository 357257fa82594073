using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Lucitra.Graph.Http.Explorer;

/// <summary>
/// Banana Cake Pop at <c>/graphql/</c>, from the folder <c>explorer</c> beside the program; where the build could not
/// fetch it, a page that says how to get it.
/// </summary>
internal sealed class ExplorerEndpoint : IDisposable
{
    // The IDE does not start without eval (it compiles JSON schemas), styles itself inline, and works in blob workers.
    // It may talk to any server, since the endpoint of a tab is the user's choice; it loads code only from here.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self' http: https: ws: wss:; "
        + "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";

    private static readonly FileExtensionContentTypeProvider _contentTypes = new(
        new FileExtensionContentTypeProvider().Mappings.Append(new(".webmanifest", "application/manifest+json"))
            .DistinctBy(mapping => mapping.Key).ToDictionary(StringComparer.OrdinalIgnoreCase));

    private readonly ExplorerOptions _options;
    private readonly PhysicalFileProvider? _files;

    public ExplorerEndpoint(IOptions<ExplorerOptions> options)
    {
        _options = options.Value;
        var folder = Path.Combine(AppContext.BaseDirectory, "explorer");
        if (File.Exists(Path.Combine(folder, "index.html")))
            _files = new(folder);
    }

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
        headers.ContentSecurityPolicy = _files is null ? ExplorerFallback.ContentSecurityPolicy : ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return _files is null ? ExplorerFallback.WriteAsync(context) : SendAsync(context, _files.GetFileInfo("index.html"), "text/html; charset=utf-8");
    }

    public Task HandleFileAsync(HttpContext context, string path)
    {
        if (path == "bcp-config.json")
            return WriteConfigurationAsync(context);

        var file = _files?.GetFileInfo(path);
        if (file is not { Exists: true, IsDirectory: false } || !_contentTypes.TryGetContentType(path, out var contentType))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        return SendAsync(context, file, contentType);
    }

    public void Dispose() => _files?.Dispose();

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

    private static Task SendAsync(HttpContext context, IFileInfo file, string contentType)
    {
        // Files below static/ carry a hash of their content in their name.
        var isHashed = context.Request.Path.Value!.Contains("/static/", StringComparison.Ordinal);
        context.Response.Headers.CacheControl = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
        var etag = new EntityTagHeaderValue($"\"{file.LastModified.Ticks:x}-{file.Length:x}\"");
        return Results.File(file.PhysicalPath!, contentType, lastModified: file.LastModified, entityTag: etag).ExecuteAsync(context);
    }
}
