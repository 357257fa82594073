using System.Globalization;
using GraphQL.Execution;
using Lucitra.Graph.Schema.Paging;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Http.Rest;

/// <summary>Writes a result's node as the body, and the links to the neighbouring pages of a list.</summary>
internal static class RestResponse
{
    public static async Task WriteAsync(HttpContext context, int status, ObjectExecutionNode node)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        if (Links(context.Request, node).ToList() is { Count: > 0 } links)
            response.Headers.Link = string.Join(", ", links);

        response.ContentLength = ResultJson.Write(response.BodyWriter, node, NodeJson.Write);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
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
