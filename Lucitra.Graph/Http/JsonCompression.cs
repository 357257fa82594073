using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Http;

/// <summary>
/// Compresses JSON answers of GraphQL and REST from 1 KB. Not event streams, whose events must leave one by one.
/// <para>
/// Compression over TLS lets an attacker guess a secret that stands in a body beside text of the attacker's choice
/// (BREACH), if pages of another site can make the victim's browser send such requests with the victim's credentials.
/// Here bodies hold no secrets: no tokens, no keys, no passwords. And browsers add no credentials of their own:
/// callers sign in by header. A request with a cookie is answered uncompressed all the same.
/// </para>
/// </summary>
internal sealed class JsonCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    private const int SmallestBody = 1024;

    public static void Configure(ResponseCompressionOptions options)
    {
        options.EnableForHttps = true;
        options.MimeTypes = ["application/json", "application/graphql-response+json", "application/problem+json", "application/graphql"];
        options.Providers.Add(new BrotliCompressionProvider(new BrotliCompressionProviderOptions { Level = CompressionLevel.Fastest }));
        options.Providers.Add(new GzipCompressionProvider(new GzipCompressionProviderOptions { Level = CompressionLevel.Fastest }));
    }

    public override bool ShouldCompressResponse(HttpContext context) =>
        context.Response.ContentLength >= SmallestBody
        && (context.Request.Path.StartsWithSegments("/graphql") || context.Request.Path.StartsWithSegments("/api"))
        && context.Request.Headers.Cookie.Count == 0
        && base.ShouldCompressResponse(context);
}
