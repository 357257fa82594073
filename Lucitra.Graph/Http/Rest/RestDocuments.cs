using System.Collections.Concurrent;
using GraphQLParser;
using GraphQLParser.AST;

namespace Lucitra.Graph.Http.Rest;

/// <summary>Reads the text of a REST document by its name.</summary>
internal delegate string RestDocumentSource(string name);

/// <summary>The REST documents that are mapped, and their routes.</summary>
internal sealed class RestDocuments(RestDocumentSource source)
{
    private readonly ConcurrentDictionary<string, RestDocument> _byName = new(StringComparer.Ordinal);
    private readonly List<RestRoute> _routes = [];

    public IEnumerable<RestDocument> Mapped => _byName.Values;

    public IReadOnlyList<RestRoute> Routes => _routes;

    public RestDocument Get(string name) => _byName.GetOrAdd(name, _ => Parse(name, source(name)));

    public void Add(RestRoute route) => _routes.Add(route);

    /// <summary>Whether what the route makes can then be read below it, by its id.</summary>
    public bool Creates(RestRoute route) => HttpMethods.IsPost(route.Method)
        && _routes.Exists(other => HttpMethods.IsGet(other.Method) && other.Pattern == $"{route.Pattern}/{{id}}");

    /// <summary>The text of the embedded file <c>Rest/{name}.graphql</c>, in whichever slice it lies.</summary>
    public static string ReadEmbedded(string name)
    {
        var assembly = typeof(RestDocuments).Assembly;
        var suffix = $".Rest.{name}.graphql";
        var resource = assembly.GetManifestResourceNames().SingleOrDefault(file => file.EndsWith(suffix, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"There is no embedded file Rest/{name}.graphql.");
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    private RestDocument Parse(string name, string text)
    {
        var whole = WithFragments(text);
        var document = Parser.Parse<GraphQLDocument>(whole);
        var operations = document.Definitions.OfType<GraphQLOperationDefinition>().ToList();
        if (operations is not [{ Name: { } found } operation] || found.Value != name)
            throw new InvalidOperationException($"Rest/{name}.graphql must hold one operation, called {name}.");

        return new(name, whole, document, operation, RestNotes.Of(text));
    }

    // A fragment that the document does not define is a file of its own, which several documents share.
    private string WithFragments(string text)
    {
        var missing = FragmentNames.MissingIn(Parser.Parse<GraphQLDocument>(text)).ToList();
        return missing.Count == 0 ? text : WithFragments(string.Join('\n', [text, .. missing.Select(fragment => source(fragment))]));
    }
}
