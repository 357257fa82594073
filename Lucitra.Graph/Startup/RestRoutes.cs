using Lucitra.Graph.Analytics;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Http;
using Lucitra.Graph.Http.OpenApi;
using Lucitra.Graph.Http.Rest;

namespace Lucitra.Graph.Startup;

/// <summary>The REST surface: the routes of every slice under <c>/api/v1</c>, and their description.</summary>
internal static class RestRoutes
{
    public static void MapRestApi(this IEndpointRouteBuilder routes)
    {
        var rest = routes.MapRest(ApiPaths.Rest);
        rest.MapAuth();
        rest.MapContacts();
        rest.MapDeals();
        rest.MapAnalytics();
        routes.MapOpenApi();
    }
}
