namespace Lucitra.Graph.Http.Explorer;

/// <summary>The page at <c>/graphql/</c> of a server that was built without the explorer's files.</summary>
internal static class ExplorerFallback
{
    public const string ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private const string Page = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Lucitra GraphQL</title>
        <style>
        :root { color-scheme: light dark; }
        body { font: 1rem/1.6 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; }
        pre { overflow-x: auto; padding: 1rem; border: 1px solid; border-radius: .25rem; }
        </style>
        </head>
        <body>
        <main>
        <h1>The GraphQL explorer is not installed</h1>
        <p>This server answers GraphQL here, but it was built without Banana Cake Pop, its graphical explorer.</p>
        <h2>Get the explorer</h2>
        <ol>
        <li>Install Node.js 20 or later, with npm.</li>
        <li>Build the server again: <code>dotnet build Lucitra.Graph</code>.</li>
        <li>Restart it and reload this page.</li>
        </ol>
        <h2>Query meanwhile</h2>
        <pre tabindex="0" aria-label="Example request"><code>curl http://localhost:8080/graphql \
          -H 'Content-Type: application/json' \
          -d '{"query":"{ __schema { queryType { fields { name } } } }"}'</code></pre>
        <p>Any GraphQL client works. The <a href="schema.graphql">schema</a> lists every field with its description.</p>
        </main>
        </body>
        </html>
        """;

    public static Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        return context.Response.WriteAsync(Page, context.RequestAborted);
    }
}
