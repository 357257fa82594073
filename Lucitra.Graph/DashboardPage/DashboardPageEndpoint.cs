using Lucitra.Graph.Http.Pages;

namespace Lucitra.Graph.DashboardPage;

/// <summary>Serves the page; where the build could not make it, one that says how to get it.</summary>
internal sealed class DashboardPageEndpoint(PageFiles files) : IDisposable
{
    // The page runs and loads nothing but its own two files, and talks to this server alone.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private const string Missing = """
        <h1>The dashboard is not installed</h1>
        <p>This server was built without Node.js, which makes the page that stands here. Everything else works.</p>
        <h2>Get the dashboard</h2>
        <ol>
        <li>Install Node.js 20 or later, with npm.</li>
        <li>Build the server again: <code>dotnet build Lucitra.Graph</code>.</li>
        <li>Restart it and reload this page.</li>
        </ol>
        <h2>Read the figures meanwhile</h2>
        <pre tabindex="0" aria-label="Example request"><code>curl http://localhost:8080/api/v1/analytics/dashboard -H "X-Api-Key: $KEY"</code></pre>
        <p>GraphQL has the same as <code>analytics { dashboard }</code>.</p>
        """;

    public Task HandlePageAsync(HttpContext context)
    {
        var request = context.Request;

        // The page's own links are relative to the folder above it.
        if (request.Path.Value!.EndsWith('/'))
        {
            context.Response.Redirect($"{request.PathBase}{request.Path.Value.TrimEnd('/')}{request.QueryString}");
            return Task.CompletedTask;
        }

        if (!files.AreThere)
            return MissingPage.WriteAsync(context, "Lucitra dashboard", Missing);
        context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return files.SendPageAsync(context);
    }

    public Task HandleAssetAsync(HttpContext context, string file) => files.SendFileAsync(context, $"assets/{file}", isHashed: true);

    public void Dispose() => files.Dispose();
}
