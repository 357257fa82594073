using Lucitra.Graph.Http.Pages;

namespace Lucitra.Graph.DashboardPage;

/// <summary>The page at <c>/dashboard</c>. Everything it shows comes from <c>/graphql</c>, asked for by whoever signed in on it.</summary>
internal static class DashboardPageModule
{
    public static IServiceCollection AddDashboardPage(this IServiceCollection services) => services
        .AddSingleton(_ => new DashboardPageEndpoint(new PageFiles("dashboard")));

    public static void MapDashboardPage(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/dashboard");
        group.MapGet("", (HttpContext context, DashboardPageEndpoint page) => page.HandlePageAsync(context));
        group.MapGet("assets/{file}", (HttpContext context, DashboardPageEndpoint page, string file) => page.HandleAssetAsync(context, file));
    }
}
