using GraphQL.Execution;
using Microsoft.AspNetCore.Http.Extensions;

namespace Lucitra.Graph.Http.Rest;

/// <summary>Writes a result's node as the body, and the link to the next page of a list.</summary>
internal static class RestResponse
{
    public static async Task WriteAsync(HttpContext context, int status, ObjectExecutionNode node)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        if (NextCursor(node) is { } cursor)
            response.Headers.Link = $"<{NextPage(context.Request, cursor)}>; rel=\"next\"";

        response.ContentLength = ResultJson.Write(response.BodyWriter, node, NodeJson.Write);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static string? NextCursor(ObjectExecutionNode list)
    {
        if (Array.Find(list.SubFields!, field => field.Name == "pageInfo") is not ObjectExecutionNode { SubFields: { } page })
            return null;

        var hasNext = Array.Find(page, field => field.Name == "hasNextPage")?.ToValue() is true;
        return hasNext ? Array.Find(page, field => field.Name == "endCursor")?.ToValue() as string : null;
    }

    private static string NextPage(HttpRequest request, string cursor)
    {
        var query = new QueryBuilder(request.Query.Where(parameter => parameter.Key != "after")) { { "after", cursor } };
        return $"{request.PathBase}{request.Path}{query.ToQueryString()}";
    }
}
