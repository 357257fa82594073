using System.Security.Cryptography;
using System.Text;

namespace Lucitra.Graph.Http.OpenApi;

/// <summary>The OpenAPI description at <c>/openapi/v1.json</c>.</summary>
internal sealed class OpenApiEndpoint(OpenApiText text)
{
    private readonly Lazy<(byte[] Body, string ETag)> _content = new(() =>
    {
        var body = Encoding.UTF8.GetBytes(text.Write());
        return (body, $"\"{Convert.ToBase64String(SHA256.HashData(body))}\"");
    });

    public async Task HandleAsync(HttpContext context)
    {
        var response = context.Response;
        var (body, etag) = _content.Value;
        response.Headers.ETag = etag;
        response.Headers.CacheControl = "public, max-age=300, must-revalidate";
        if (context.Request.Headers.IfNoneMatch == etag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
