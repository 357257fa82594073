using Lucitra.Tests.Http.Support;

namespace Lucitra.Tests.Http;

public sealed class TrustedDocumentTests : IDisposable
{
    private const string World = """{"data":{"hello":"world"}}""";
    private readonly string _folder = Directory.CreateTempSubdirectory("trusted").FullName;

    [Theory]
    [InlineData("one.graphql", "{ hello }", "one")]
    [InlineData("persisted_queries.json", """{"two":"{ hello }"}""", "two")]
    [InlineData("manifest.json", """{"format":"apollo-persisted-query-manifest","version":1,"operations":[{"id":"three","name":"Q","type":"query","body":"{ hello }"}]}""", "three")]
    public async Task A_document_runs_by_its_id(string file, string content, string id)
    {
        await using var host = await StartAsync("Enforce", file, content);

        Assert.Equal((200, World), await PostAsync(host, $$"""{"id":"{{id}}"}"""));
        Assert.Equal((200, World), await PostAsync(host, $$"""{"documentId":"{{id}}"}"""));
        Assert.Equal((200, World), await PostAsync(host, $$$$"""{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"{{{{id}}}}"}}}"""));
        Assert.Equal(World, (await host.GetAsync($"/graphql?id={id}")).Body);
    }

    [Fact]
    public async Task Enforcing_refuses_what_clients_write_and_ids_nobody_knows()
    {
        await using var host = await StartAsync("Enforce");

        Assert.Equal(
            (400, """{"errors":[{"message":"Only persisted operations are allowed.","extensions":{"code":"HC0067"}}]}"""),
            await PostAsync(host, """{"query":"{ hello }"}"""));
        Assert.Equal(
            (400, """{"errors":[{"message":"The specified persisted operation key is invalid.","extensions":{"code":"HC0020"}}]}"""),
            await PostAsync(host, """{"id":"nope"}"""));
    }

    [Fact]
    public async Task Enforcing_holds_on_a_websocket()
    {
        await using var host = await StartAsync("Enforce");
        using var client = await SocketClient.OpenAsync(host);

        await client.SubscribeAsync("1", "{ hello }");

        Assert.Contains("HC0067", await client.HearAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enforcing_keeps_nothing_that_clients_send()
    {
        await using var host = await StartAsync("Enforce");
        const string Body = """{"query":"{ __typename }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38"}}}""";

        Assert.Contains("HC0020", (await PostAsync(host, Body)).Body, StringComparison.Ordinal);
        Assert.Contains("HC0020", (await PostAsync(host, Body.Replace("\"query\":\"{ __typename }\",", "", StringComparison.Ordinal))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logging_names_each_other_document_once()
    {
        await using var host = await StartAsync("Log");

        Assert.Equal((200, World), await PostAsync(host, """{"query":"{ hello }"}"""));
        await PostAsync(host, """{"query":"query Typename { __typename }"}""");
        await PostAsync(host, """{"query":"query Typename { __typename }"}""");

        var logged = Assert.Single(host.Logs.Messages, message => message.Contains("trusted", StringComparison.Ordinal));
        Assert.EndsWith("with operation Typename is not among the trusted documents", logged, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad.graphql", "{ nope }", "The trusted document bad: ")]
    [InlineData("bad.graphql", "{ hello", "The trusted document bad: ")]
    [InlineData("deep.graphql", "{ hello } fragment A on Query { ...A }", "The trusted document deep: ")]
    [InlineData("manifest.json", "[]", "is no manifest of trusted documents")]
    [InlineData("manifest.json", """{"a":1}""", "is no manifest of trusted documents")]
    [InlineData("hello.json", """{"one":"{ __typename }"}""", "two documents with the id one")]
    public async Task The_host_refuses_to_start_on_a_bad_document(string file, string content, string message)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "one.graphql"), "{ hello }");
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync("Log", file, content));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Enforcing_nothing_is_refused()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => GraphQLHost.StartAsync(new() { ["GraphQL:TrustedDocuments:Mode"] = "Enforce" }));
        Assert.Contains("holds no document", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<GraphQLHost> StartAsync(string mode, string file = "one.graphql", string content = "{ hello }")
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, file), content);
        return await GraphQLHost.StartAsync(new()
        {
            ["GraphQL:TrustedDocuments:Mode"] = mode,
            ["GraphQL:TrustedDocuments:Folder"] = _folder,
        });
    }

    private static async Task<(int Status, string Body)> PostAsync(GraphQLHost host, string body)
    {
        var answer = await host.PostAsync(body, "application/graphql-response+json");
        return (answer.Status, answer.Body);
    }
}
