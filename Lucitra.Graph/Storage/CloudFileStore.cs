using System.Net;
using Lucitra.Webhooks;
using Microsoft.Net.Http.Headers;

namespace Lucitra.Graph.Storage;

/// <summary>Keeps files in a bucket of Google Cloud Storage, by its JSON API.</summary>
internal sealed class CloudFileStore(HttpClient api, string bucket, GoogleSigner signer, TimeProvider clock) : IFileStore
{
    public async Task WriteAsync(string name, string contentType, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        using var begin = new HttpRequestMessage(HttpMethod.Post, $"/upload/storage/v1/b/{Uri.EscapeDataString(bucket)}/o?uploadType=resumable&name={Uri.EscapeDataString(name)}")
        {
            Content = JsonContent.Create(new { name, contentType }),
        };
        begin.Headers.Add("X-Upload-Content-Type", contentType);
        using var begun = await api.SendAsync(begin, cancellationToken);
        begun.EnsureSuccessStatusCode();
        var session = begun.Headers.Location ?? throw new HttpRequestException("Cloud Storage began an upload and gave no address for it.");

        // What is not completed is no object; Cloud Storage forgets it after a week.
        await using var upload = new ResumableUpload(api, session, clock);
        await write(upload, cancellationToken);
        await upload.CompleteAsync(cancellationToken);
    }

    public async Task<Uri> LinkAsync(string name, string downloadName, DateTime until, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        var lifetime = until - now < SignedUrl.Longest ? until - now : SignedUrl.Longest;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(downloadName);
        return await SignedUrl.MakeAsync(
            api.BaseAddress!, bucket, name, await signer.EmailAsync(cancellationToken), now, lifetime,
            new Dictionary<string, string> { ["response-content-disposition"] = disposition.ToString() },
            data => signer.SignAsync(data, cancellationToken));
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        using var answer = await api.DeleteAsync(new Uri($"/storage/v1/b/{Uri.EscapeDataString(bucket)}/o/{Uri.EscapeDataString(name)}", UriKind.Relative), cancellationToken);
        if (answer.StatusCode != HttpStatusCode.NotFound)
            answer.EnsureSuccessStatusCode();
    }
}
