using GraphQLParser.AST;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>A document that passed the screen. <see cref="EstimatedBytes"/> is what it weighs in the cache, <see cref="Hash"/> is made on demand.</summary>
internal sealed record ParsedDocument(GraphQLDocument Document, string Text, int Tokens)
{
    // Measured on the documents of the tests: a syntax node with its location takes 100 to 150 bytes.
    private const int BytesPerToken = 128;

    private string? _hash;

    public string Hash => _hash ??= DocumentSightings.HashOf(Text);

    public int EstimatedBytes => Text.Length * sizeof(char) + Tokens * BytesPerToken;
}
