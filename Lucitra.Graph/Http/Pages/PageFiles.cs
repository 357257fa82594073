using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Lucitra.Graph.Http.Pages;

/// <summary>The files of a page that the build put into a folder beside the program, if it could.</summary>
internal sealed class PageFiles : IDisposable
{
    private static readonly FileExtensionContentTypeProvider _contentTypes = new(
        new FileExtensionContentTypeProvider().Mappings.Append(new(".webmanifest", "application/manifest+json"))
            .DistinctBy(mapping => mapping.Key).ToDictionary(StringComparer.OrdinalIgnoreCase));

    private readonly PhysicalFileProvider? _files;

    public PageFiles(string name)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, name);
        if (File.Exists(Path.Combine(folder, "index.html")))
            _files = new(folder);
    }

    public bool AreThere => _files is not null;

    public Task SendPageAsync(HttpContext context) => SendAsync(context, _files!.GetFileInfo("index.html"), "text/html; charset=utf-8", isHashed: false);

    /// <summary>Sends a file, or 404 where there is none of this name.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">The file, relative to the folder.</param>
    /// <param name="isHashed">Whether the name holds a hash of the content, so that it may be kept for ever.</param>
    public Task SendFileAsync(HttpContext context, string path, bool isHashed)
    {
        var file = _files?.GetFileInfo(path);
        if (file is not { Exists: true, IsDirectory: false } || !_contentTypes.TryGetContentType(path, out var contentType))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        return SendAsync(context, Compressed(context, path) ?? file, contentType, isHashed);
    }

    public void Dispose() => _files?.Dispose();

    // Beside some files the build puts the same once more, compressed.
    private IFileInfo? Compressed(HttpContext context, string path)
    {
        if (_files!.GetFileInfo($"{path}.br") is not { Exists: true } compressed)
            return null;
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (!context.Request.GetTypedHeaders().AcceptEncoding.Any(accepted => accepted.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && accepted.Quality != 0))
            return null;
        context.Response.Headers.ContentEncoding = "br";
        return compressed;
    }

    private static Task SendAsync(HttpContext context, IFileInfo file, string contentType, bool isHashed)
    {
        context.Response.Headers.CacheControl = isHashed ? "public, max-age=31536000, immutable" : "no-cache";
        var etag = new EntityTagHeaderValue($"\"{file.LastModified.Ticks:x}-{file.Length:x}\"");
        return Results.File(file.PhysicalPath!, contentType, lastModified: file.LastModified, entityTag: etag).ExecuteAsync(context);
    }
}
