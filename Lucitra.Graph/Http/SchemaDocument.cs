using System.Security.Cryptography;
using System.Text;
using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;
using Lucitra.Graph.Schema.Documents;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Http;

/// <summary>
/// The schema as text at <c>/graphql?sdl</c>, <c>/graphql/schema</c> and <c>/graphql/schema.graphql</c>, where
/// introspection is allowed.
/// </summary>
internal sealed class SchemaDocument(ISchema schema, IOptions<GraphQLOptions> options)
{
    private readonly Lazy<(byte[] Text, string ETag)> _content = new(() => Print(schema));

    public async Task HandleAsync(HttpContext context)
    {
        var response = context.Response;
        if (options.Value.AllowIntrospection is false)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var (text, etag) = _content.Value;
        response.Headers.ETag = etag;
        response.Headers.CacheControl = "public, max-age=3600, must-revalidate";
        if (context.Request.Headers.IfNoneMatch == etag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/graphql; charset=utf-8";
        response.ContentLength = text.Length;
        response.Headers.ContentDisposition = "attachment; filename=\"schema.graphql\"";
        await response.Body.WriteAsync(text, context.RequestAborted);
    }

    private static (byte[] Text, string ETag) Print(ISchema schema)
    {
        schema.Initialize();
        var text = Encoding.UTF8.GetBytes(schema.Print(new PrintOptions { StringComparison = StringComparison.Ordinal }));
        return (text, $"\"{Convert.ToBase64String(SHA256.HashData(text))}\"");
    }
}
