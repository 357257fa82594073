using GraphQLParser;
using GraphQLParser.AST;
using Lucitra.Graph.Schema.Documents;
using Microsoft.Extensions.Options;

namespace Lucitra.Tests.Schema.Documents;

public sealed class DocumentCacheTests
{
    [Fact]
    public void A_document_is_found_by_its_text()
    {
        var cache = CacheOf(10_000);
        var document = DocumentOf("{ a }");
        cache.Add(document);

        Assert.Same(document, cache.Find(new string("{ a }".ToCharArray())));
        Assert.Null(cache.Find("{ b }"));
    }

    [Fact]
    public void The_least_recently_used_document_leaves_first()
    {
        var cache = CacheOf(2 * DocumentOf("{ a }").EstimatedBytes);
        cache.Add(DocumentOf("{ a }"));
        cache.Add(DocumentOf("{ b }"));
        cache.Find("{ a }");
        cache.Add(DocumentOf("{ c }"));

        Assert.NotNull(cache.Find("{ a }"));
        Assert.Null(cache.Find("{ b }"));
        Assert.NotNull(cache.Find("{ c }"));
    }

    [Fact]
    public void A_document_larger_than_the_cache_is_not_kept()
    {
        var cache = CacheOf(100);
        cache.Add(DocumentOf("{ a }"));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task Many_threads_stay_within_the_bound()
    {
        var cache = CacheOf(10 * DocumentOf("{ a00 }").EstimatedBytes);
        await Parallel.ForAsync(0, 1000, (number, _) =>
        {
            var document = DocumentOf($"{{ a{number % 50:00} }}");
            cache.Add(document);
            cache.Find(document.Text);
            return ValueTask.CompletedTask;
        });

        Assert.Equal(10, cache.Count);
    }

    private static DocumentCache CacheOf(int bytes) => new(Options.Create(new GraphQLOptions { DocumentCacheBytes = bytes }));

    private static ParsedDocument DocumentOf(string text) => new(Parser.Parse<GraphQLDocument>(text), text, Tokens: 3);
}
