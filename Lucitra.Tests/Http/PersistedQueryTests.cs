using Lucitra.Graph.Schema.Documents;
using Lucitra.Tests.Http.Support;

namespace Lucitra.Tests.Http;

public sealed class PersistedQueryTests
{
    private const string Hello = "{ hello }";
    private const string NotFound = """{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}""";
    private const string World = """{"data":{"hello":"world"}}""";

    [Fact]
    public async Task A_query_sent_with_its_hash_runs_by_its_hash()
    {
        await using var host = await GraphQLHost.StartAsync();

        Assert.Equal((200, NotFound), await PostAsync(host, Request(Hello, withQuery: false)));
        Assert.Equal((200, World), await PostAsync(host, Request(Hello)));
        Assert.Equal((200, World), await PostAsync(host, Request(Hello, withQuery: false)));
        Assert.Equal((200, World), await GetAsync(host, Hello));
    }

    [Fact]
    public async Task A_query_can_be_sent_by_get()
    {
        await using var host = await GraphQLHost.StartAsync();

        Assert.Equal((200, NotFound), await GetAsync(host, Hello));
        Assert.Equal((200, World), await GetAsync(host, Hello, $"&query={Uri.EscapeDataString(Hello)}"));
        Assert.Equal((200, World), await GetAsync(host, Hello));
    }

    [Fact]
    public async Task Without_the_query_a_status_that_caches_do_not_keep()
    {
        await using var host = await GraphQLHost.StartAsync();

        var answer = await host.PostAsync(Request(Hello, withQuery: false), "application/graphql-response+json");

        Assert.Equal((400, NotFound), (answer.Status, answer.Body));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("""{"query":"{ hello }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"00"}}}""", "provided sha does not match query")]
    [InlineData("""{"extensions":{"persistedQuery":{"version":2,"sha256Hash":"00"}}}""", "Unsupported persisted query version.")]
    [InlineData("""{"extensions":{"persistedQuery":{"version":1}}}""", "extensions.persistedQuery must be an object with a sha256Hash.")]
    [InlineData("""{"extensions":{"persistedQuery":7}}""", "extensions.persistedQuery must be an object with a sha256Hash.")]
    public async Task A_wrong_hash_is_refused(string body, string message)
    {
        await using var host = await GraphQLHost.StartAsync();
        var answer = await host.PostAsync(body, "application/graphql-response+json");
        Assert.Equal((400, $$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"HC0012"}}]}"""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task A_query_that_does_not_run_is_not_kept()
    {
        await using var host = await GraphQLHost.StartAsync();

        Assert.Contains("nope", (await PostAsync(host, Request("{ nope }"))).Body, StringComparison.Ordinal);
        Assert.Equal((200, NotFound), await PostAsync(host, Request("{ nope }", withQuery: false)));
    }

    [Fact]
    public async Task A_mutation_by_its_hash_is_still_no_get()
    {
        await using var host = await GraphQLHost.StartAsync();
        const string Rename = """mutation { rename(name: \"x\") }""";

        Assert.Equal(200, (await PostAsync(host, Request(Rename, hashOf: Rename.Replace("\\", "", StringComparison.Ordinal)))).Status);
        Assert.Equal(405, (await GetAsync(host, Rename.Replace("\\", "", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task The_store_is_bounded()
    {
        await using var host = await GraphQLHost.StartAsync(new() { ["GraphQL:PersistedQueryBytes"] = "600" });

        await PostAsync(host, Request("{ hello }"));
        await PostAsync(host, Request("{ a: hello }"));
        await PostAsync(host, Request("{ b: hello }"));

        Assert.Equal((200, NotFound), await PostAsync(host, Request("{ hello }", withQuery: false)));
        Assert.Equal(200, (await PostAsync(host, Request("{ b: hello }", withQuery: false))).Status);
    }

    [Fact]
    public async Task Ids_mean_nothing_without_trusted_documents()
    {
        await using var host = await GraphQLHost.StartAsync();
        foreach (var body in new[] { """{"id":"abc"}""", """{"documentId":"abc"}""" })
        {
            var answer = await host.PostAsync(body, "application/graphql-response+json");
            Assert.Equal(
                (400, """{"errors":[{"message":"The query request contains no document or no document id.","extensions":{"code":"HC0015"}}]}"""),
                (answer.Status, answer.Body));
        }
    }

    private static string Request(string query, bool withQuery = true, string? hashOf = null)
    {
        var text = withQuery ? $"\"query\":\"{query}\"," : "";
        return $"{{{text}\"extensions\":{Extensions(hashOf ?? query)}}}";
    }

    private static string Extensions(string query) =>
        $$$"""{"persistedQuery":{"version":1,"sha256Hash":"{{{DocumentSightings.HashOf(query)}}}"}}""";

    private static async Task<(int Status, string Body)> PostAsync(GraphQLHost host, string body)
    {
        var answer = await host.PostAsync(body);
        return (answer.Status, answer.Body);
    }

    private static async Task<(int Status, string Body)> GetAsync(GraphQLHost host, string query, string more = "")
    {
        var answer = await host.GetAsync($"/graphql?extensions={Uri.EscapeDataString(Extensions(query))}{more}");
        return (answer.Status, answer.Body);
    }
}
