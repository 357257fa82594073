using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>
/// Documents that validated without errors, by their text: a hit skips parsing, screening and validation. Bounded
/// by <see cref="GraphQLOptions.DocumentCacheBytes"/>.
/// </summary>
internal sealed class DocumentCache(IOptions<GraphQLOptions> options)
{
    private readonly BoundedCache<ParsedDocument> _byText = new(options.Value.DocumentCacheBytes);

    public int Count => _byText.Count;

    public ParsedDocument? Find(string text) => _byText.Find(text);

    public void Add(ParsedDocument document) => _byText.Add(document.Text, document, document.EstimatedBytes);
}
