using System.Collections.Concurrent;
using GraphQLParser;
using GraphQLParser.AST;

namespace Lucitra.Graph.Http.Rest;

/// <summary>Reads the text of a REST document by its name.</summary>
internal delegate string RestDocumentSource(string name);

/// <summary>The REST documents that are mapped.</summary>
internal sealed class RestDocuments(RestDocumentSource source)
{
    private readonly ConcurrentDictionary<string, RestDocument> _byName = new(StringComparer.Ordinal);

    public IEnumerable<RestDocument> Mapped => _byName.Values;

    public RestDocument Get(string name) => _byName.GetOrAdd(name, _ => Parse(name, source(name)));

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

    private static RestDocument Parse(string name, string text)
    {
        var document = Parser.Parse<GraphQLDocument>(text);
        var operations = document.Definitions.OfType<GraphQLOperationDefinition>().ToList();
        if (operations is not [{ Name: { } found } operation] || found.Value != name)
            throw new InvalidOperationException($"Rest/{name}.graphql must hold one operation, called {name}.");

        return new(name, text, document, operation);
    }
}
