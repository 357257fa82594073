using System.Text.Json;
using Lucitra.Tests.Http.Support;

namespace Lucitra.Tests.Http;

public sealed class BatchTests(BatchTests.Fixture fixture) : IClassFixture<BatchTests.Fixture>
{
    private const string Two = """[{"query":"{ __typename }"},{"query":"query A { a:__typename }"}]""";
    private const string TwoVariables = """{"query":"query($left: Int!) { add(left: $left, right: 1) }","variables":[{"left":1},{"left":2}]}""";
    private readonly GraphQLHost _host = fixture.Host;

    public sealed class Fixture : IAsyncLifetime
    {
        public GraphQLHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await GraphQLHost.StartAsync(new() { ["GraphQL:MaxBatchSize"] = "3" });

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }

    [Theory]
    [InlineData("application/json", Two, """[{"data":{"__typename":"Query"}},{"data":{"a":"Query"}}]""")]
    [InlineData("application/graphql-response+json", Two, """[{"data":{"__typename":"Query"}},{"data":{"a":"Query"}}]""")]
    [InlineData("application/json", TwoVariables, """[{"data":{"add":2}},{"data":{"add":3}}]""")]
    public async Task Results_come_as_an_array_in_order(string accept, string body, string expected)
    {
        var answer = await _host.PostAsync(body, accept);
        Assert.Equal((200, "application/json; charset=utf-8", expected), (answer.Status, answer.ContentType, answer.Body));
    }

    [Theory]
    [InlineData(Two, "{\"requestIndex\":0,\"data\":{\"__typename\":\"Query\"}}\n{\"requestIndex\":1,\"data\":{\"a\":\"Query\"}}\n")]
    [InlineData(TwoVariables, "{\"variableIndex\":0,\"data\":{\"add\":2}}\n{\"variableIndex\":1,\"data\":{\"add\":3}}\n")]
    public async Task Results_come_as_lines_with_their_index(string body, string expected)
    {
        var answer = await _host.PostAsync(body, "application/jsonl");
        Assert.Equal((200, "application/jsonl; charset=utf-8", expected), (answer.Status, answer.ContentType, answer.Body));
    }

    [Fact]
    public async Task Results_come_as_events_with_their_index()
    {
        var answer = await _host.PostAsync(Two, "text/event-stream");

        Assert.Equal((200, "text/event-stream; charset=utf-8"), (answer.Status, answer.ContentType));
        Assert.Equal(
            "event: next\ndata: {\"requestIndex\":0,\"data\":{\"__typename\":\"Query\"}}\n\n"
            + "event: next\ndata: {\"requestIndex\":1,\"data\":{\"a\":\"Query\"}}\n\nevent: complete\ndata:\n\n",
            answer.Body);
    }

    [Fact]
    public async Task An_array_of_one_is_one_request()
    {
        var answer = await _host.PostAsync("""[{"query":"{ __typename }"}]""", "application/json");
        Assert.Equal("""{"data":{"__typename":"Query"}}""", answer.Body);
    }

    [Theory]
    [InlineData("""{"query":"{ nope }"}""", "nope")]
    [InlineData("""{"query":"{ hello"}""", "HC0011")]
    [InlineData("""{"nope":1}""", "Unknown property 'nope' in GraphQL request.")]
    [InlineData("7", "Invalid GraphQL Request.")]
    [InlineData("[7,[8]]", "Invalid GraphQL Request.")]
    [InlineData("""{"query":"subscription { idle }"}""", "The specified operation kind is not allowed.")]
    [InlineData("""{"query":"{ hello }","variables":[7]}""", "Expected objects in the array, but got Number.")]
    public async Task One_bad_entry_does_not_spoil_the_others(string bad, string expected)
    {
        var answer = await _host.PostAsync($$"""[{"query":"{ hello }"},{{bad}},{"query":"{ hello }"}]""", "application/json");

        using var results = JsonDocument.Parse(answer.Body);
        Assert.Equal(3, results.RootElement.GetArrayLength());
        Assert.Equal("""{"data":{"hello":"world"}}""", results.RootElement[0].GetRawText());
        Assert.Contains(expected, results.RootElement[1].GetProperty("errors")[0].GetRawText(), StringComparison.Ordinal);
        Assert.Equal("""{"data":{"hello":"world"}}""", results.RootElement[2].GetRawText());
    }

    [Theory]
    [InlineData("[]", "The GraphQL batch request has no elements.")]
    [InlineData("""[{"query":"{ a }"},{"query":"{ a }"},{"query":"{ a }"},{"query":"{ a }"}]""", "The batch has more operations than the 3 that GraphQL:MaxBatchSize allows.")]
    [InlineData("""{"query":"{ a }","variables":[{},{},{},{}]}""", "The batch has more operations than the 3 that GraphQL:MaxBatchSize allows.")]
    [InlineData("""[{"query":"{ a }","variables":[{},{}]},{"query":"{ a }","variables":[{},{}]}]""", "The batch has more operations than the 3 that GraphQL:MaxBatchSize allows.")]
    public async Task No_entries_and_too_many_are_refused(string body, string message)
    {
        foreach (var accept in new[] { "application/json", "application/graphql-response+json" })
        {
            var answer = await _host.PostAsync(body, accept);
            Assert.Equal(400, answer.Status);
            Assert.StartsWith($$"""{"errors":[{"message":"{{message}}","extensions":{"code":"HC0009" """.TrimEnd(), answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Broken_json_spoils_all()
    {
        var answer = await _host.PostAsync("""[{"query":"{ hello }"},""", "application/json");
        Assert.Equal((400, """{"errors":[{"message":"Invalid JSON document.","extensions":{"code":"HC0012"}}]}"""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Mutations_run_in_order()
    {
        var body = """{"query":"mutation($name: String!) { rename(name: $name) }","variables":[{"name":"a"},{"name":"b"},{"name":"c"}]}""";
        var answer = await _host.PostAsync(body, "application/json");
        Assert.Equal("""[{"data":{"rename":"a"}},{"data":{"rename":"b"}},{"data":{"rename":"c"}}]""", answer.Body);
    }

    [Fact]
    public async Task A_websocket_takes_no_batches()
    {
        using var client = await SocketClient.OpenAsync(_host);
        await client.SayAsync("""{"id":"1","type":"subscribe","payload":{"query":"{ hello }","variables":[{}]}}""");
        Assert.Contains("Expected object or null, but got Array", await client.HearAsync(), StringComparison.Ordinal);
    }
}
