using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Lucitra.Graph.Schema.Paging;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Lucitra.Graph.Http.Rest;

/// <summary>Writes a part of a result as the body, with its ETag and the links to the neighbouring pages of a list.</summary>
internal static class RestResponse
{
    private const int HashLength = 12;

    public static async Task WriteAsync(HttpContext context, int status, JsonElement shown)
    {
        var (request, response) = (context.Request, context.Response);
        var tag = TagOf(shown);
        response.Headers.ETag = tag;
        if (Links(request, shown).ToList() is { Count: > 0 } links)
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
        var body = JsonMarshal.GetRawUtf8Value(shown);
        response.ContentLength = body.Length;
        response.BodyWriter.Write(body);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    // What the caller may see, and what a record refers to, can change without a new version: the bytes count too.
    private static string TagOf(JsonElement shown)
    {
        var hash = Base64Url.EncodeToString(SHA256.HashData(JsonMarshal.GetRawUtf8Value(shown)))[..HashLength];
        return shown.TryGetProperty(RestPreconditions.Version, out var version) && version.ValueKind == JsonValueKind.Number
            ? string.Create(CultureInfo.InvariantCulture, $"\"{version.GetInt32()}.{hash}\"")
            : $"\"{hash}\"";
    }

    private static bool IsKnown(HttpRequest request, string tag)
    {
        if (!EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch.OfType<string>().ToList(), out var known))
            return false;

        var current = EntityTagHeaderValue.Parse(tag);
        return known.Any(one => one == EntityTagHeaderValue.Any || one.Compare(current, useStrongComparison: false));
    }

    private static IEnumerable<string> Links(HttpRequest request, JsonElement list)
    {
        if (!list.TryGetProperty("pageInfo", out var page))
            yield break;
        if (Cursor("hasNextPage", "endCursor") is { } end)
            yield return Link(request, "next", "first", "after", end);
        if (Cursor("hasPreviousPage", "startCursor") is { } start)
            yield return Link(request, "prev", "last", "before", start);

        string? Cursor(string has, string name) =>
            page.TryGetProperty(has, out var flag) && flag.GetBoolean() && page.TryGetProperty(name, out var cursor) ? cursor.GetString() : null;
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
