using Lucitra.Graph.Http.Pages;

namespace Lucitra.Graph.Http.Explorer;

/// <summary>The page at <c>/graphql/</c> of a server that was built without the explorer's files.</summary>
internal static class ExplorerFallback
{
    private const string Content = """
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
        """;

    public static Task WriteAsync(HttpContext context) => MissingPage.WriteAsync(context, "Lucitra GraphQL", Content);
}
