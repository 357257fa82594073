using System.Globalization;
using Lucitra.Webhooks;
using Microsoft.Net.Http.Headers;

namespace Lucitra.Graph.Storage;

/// <summary>Answers links to files of a local folder.</summary>
internal static class LocalFiles
{
    public static async Task ServeAsync(HttpContext context, LocalFileStore store, string name, TimeProvider clock)
    {
        var (response, query) = (context.Response, context.Request.Query);
        var (download, expires) = (query["download"].ToString(), query["expires"].ToString());
        response.Headers.CacheControl = "no-store";
        if (!store.IsSigned(name, download, expires, query["signature"].ToString()) || !long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until))
        {
            response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (DateTimeOffset.FromUnixTimeSeconds(until).UtcDateTime <= clock.UtcNow())
        {
            response.StatusCode = StatusCodes.Status410Gone;
            return;
        }

        await using var file = store.Open(name);
        if (file is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(download);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.XContentTypeOptions = "nosniff";
        response.ContentType = "application/octet-stream";
        response.ContentLength = file.Length;
        await file.CopyToAsync(response.Body, context.RequestAborted);
    }
}
