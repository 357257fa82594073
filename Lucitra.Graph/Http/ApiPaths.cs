namespace Lucitra.Graph.Http;

/// <summary>Where callers are served: GraphQL and REST.</summary>
internal static class ApiPaths
{
    public const string GraphQL = "/graphql";
    public const string Rest = "/api/v1";

    public static bool Contain(HttpContext context) => IsRest(context) || context.Request.Path.StartsWithSegments(GraphQL);

    public static bool IsRest(HttpContext context) => context.Request.Path.StartsWithSegments(Rest);
}
