using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using GraphQL.Execution;
using Lucitra.Graph.Schema.Paging;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Lucitra.Graph.Http.Rest;

/// <summary>Writes a result's node as the body, with its ETag and the links to the neighbouring pages of a list.</summary>
internal static class RestResponse
{
    private const int HashLength = 12;

    public static async Task WriteAsync(HttpContext context, int status, ObjectExecutionNode node)
    {
        var (request, response) = (context.Request, context.Response);
        var body = new ArrayBufferWriter<byte>();
        ResultJson.Write(body, node, NodeJson.Write);
        var tag = TagOf(node, body.WrittenSpan);
        response.Headers.ETag = tag;
        if (Links(request, node).ToList() is { Count: > 0 } links)
            response.Headers.Link = string.Join(", ", links);

        // Kept by the caller alone, and checked at every use.
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        response.Headers.CacheControl = isRead ? "private, no-cache" : "no-store";
        response.Headers.Append(HeaderNames.Vary, "Authorization, X-Api-Key, Cookie");
        if (isRead && IsKnown(request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.WrittenCount;
        await response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    // What the caller may see, and what a record refers to, can change without a new version: the bytes count too.
    private static string TagOf(ObjectExecutionNode node, ReadOnlySpan<byte> body)
    {
        var hash = Base64Url.EncodeToString(SHA256.HashData(body))[..HashLength];
        var version = Array.Find(node.SubFields!, field => field.Name == RestPreconditions.Version)?.ToValue();
        return version is int number ? string.Create(CultureInfo.InvariantCulture, $"\"{number}.{hash}\"") : $"\"{hash}\"";
    }

    private static bool IsKnown(HttpRequest request, string tag)
    {
        if (!EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch.OfType<string>().ToList(), out var known))
            return false;

        var current = EntityTagHeaderValue.Parse(tag);
        return known.Any(one => one == EntityTagHeaderValue.Any || one.Compare(current, useStrongComparison: false));
    }

    private static IEnumerable<string> Links(HttpRequest request, ObjectExecutionNode list)
    {
        if (Array.Find(list.SubFields!, field => field.Name == "pageInfo") is not ObjectExecutionNode { SubFields: { } page })
            yield break;
        if (Value("hasNextPage") is true && Value("endCursor") is string end)
            yield return Link(request, "next", "first", "after", end);
        if (Value("hasPreviousPage") is true && Value("startCursor") is string start)
            yield return Link(request, "prev", "last", "before", start);

        object? Value(string name) => Array.Find(page, field => field.Name == name)?.ToValue();
    }

    // The neighbouring page is as long as this one, counted from the cursor on.
    private static string Link(HttpRequest request, string relation, string size, string boundary, string cursor)
    {
        var asked = request.Query["first"] is { Count: > 0 } first ? first : request.Query["last"];
        var query = new QueryBuilder(request.Query.Where(parameter => parameter.Key is not ("first" or "last" or "after" or "before"))) { { boundary, cursor } };
        var usual = request.HttpContext.RequestServices.GetRequiredService<IOptions<PagingOptions>>().Value.DefaultPageSize;
        query.Add(size, asked is [{ } length, ..] ? length : usual.ToString(CultureInfo.InvariantCulture));
        return $"<{request.PathBase}{request.Path}{query.ToQueryString()}>; rel=\"{relation}\"";
    }
}
