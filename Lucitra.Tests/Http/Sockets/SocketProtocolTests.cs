using Lucitra.Tests.Http.Support;

namespace Lucitra.Tests.Http.Sockets;

public sealed class SocketProtocolTests
{
    [Fact]
    public async Task Queries_and_subscriptions_run_on_one_connection()
    {
        await using var host = await GraphQLHost.StartAsync();
        using var client = await SocketClient.OpenAsync(host);
        Assert.Equal("graphql-transport-ws", client.Subprotocol);

        await client.SayAsync("""{"type":"ping","payload":{"a":1}}""");
        Assert.Equal("""{"type":"pong"}""", await client.HearAsync());

        await client.SubscribeAsync("1", "{ __typename }");
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"__typename":"Query"}}}""", await client.HearAsync());
        Assert.Equal("""{"id":"1","type":"complete"}""", await client.HearAsync());

        await client.SubscribeAsync("2", "subscription { count(to: 2) }");
        Assert.Equal("""{"id":"2","type":"next","payload":{"data":{"count":1}}}""", await client.HearAsync());
        Assert.Equal("""{"id":"2","type":"next","payload":{"data":{"count":2}}}""", await client.HearAsync());
        Assert.Equal("""{"id":"2","type":"complete"}""", await client.HearAsync());
    }

    [Theory]
    [InlineData("subscription { nope }", "#sec-Field-Selections")]
    [InlineData("subscription {", "HC0011")]
    public async Task A_request_that_cannot_start_is_one_error(string document, string expected)
    {
        await using var host = await GraphQLHost.StartAsync();
        using var client = await SocketClient.OpenAsync(host);

        await client.SubscribeAsync("1", document);
        var error = await client.HearAsync();
        Assert.StartsWith("""{"id":"1","type":"error","payload":[{"message":""", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);

        await client.SubscribeAsync("1", "{ hello }");
        Assert.Contains("next", await client.HearAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_in_a_field_comes_with_the_data()
    {
        await using var host = await GraphQLHost.StartAsync();
        using var client = await SocketClient.OpenAsync(host);

        await client.SubscribeAsync("1", "{ boom }");

        Assert.Contains("\"code\":\"HC0008\"", await client.HearAsync(), StringComparison.Ordinal);
        Assert.Equal("""{"id":"1","type":"complete"}""", await client.HearAsync());
    }

    [Theory]
    [InlineData("""{"type":"foo"}""", 4400, "Invalid message type.")]
    [InlineData("""{"id":"1","type":"subscribe"}""", 4400, "Invalid subscribe message structure.")]
    [InlineData("""{"id":"1","type":"subscribe","payload":{}}""", 4400, "Invalid subscribe message structure.")]
    [InlineData("""{"id":"1","type":"subscribe","payload":{"query":1}}""", 4400, "Invalid subscribe message structure.")]
    [InlineData("""{"type":"subscribe","payload":{"query":"{ hello }"}}""", 4400, "Invalid subscribe message structure.")]
    [InlineData("{", 4400, "Invalid message.")]
    [InlineData("[]", 4400, "Invalid message.")]
    [InlineData("{\"type\":1}", 4400, "Invalid message.")]
    [InlineData("""{"type":"connection_init"}""", 4429, "Too many initialization requests.")]
    public async Task A_wrong_message_closes(string message, int code, string reason)
    {
        await using var host = await GraphQLHost.StartAsync();
        using var client = await SocketClient.OpenAsync(host);

        await client.SayAsync(message);

        Assert.Equal((code, reason), await client.HearCloseAsync());
    }

    [Fact]
    public async Task An_id_in_use_closes()
    {
        await using var host = await GraphQLHost.StartAsync();
        using var client = await SocketClient.OpenAsync(host);

        await client.SubscribeAsync("1", "subscription { idle }");
        await client.SubscribeAsync("1", "subscription { idle }");

        Assert.Equal((4409, "The subscription id is not unique."), await client.HearCloseAsync());
    }

    [Fact]
    public async Task Completing_an_unknown_id_is_ignored()
    {
        await using var host = await GraphQLHost.StartAsync();
        using var client = await SocketClient.OpenAsync(host);

        await client.SayAsync("""{"id":"zz","type":"complete"}""");
        await client.SayAsync("""{"type":"ping"}""");

        Assert.Equal("""{"type":"pong"}""", await client.HearAsync());
    }

    [Fact]
    public async Task A_completed_id_is_free_and_its_source_is_left()
    {
        await using var host = await GraphQLHost.StartAsync();
        var events = (TestEvents)host.Services.GetService(typeof(TestEvents))!;
        using var client = await SocketClient.OpenAsync(host);

        await client.SubscribeAsync("1", "subscription { idle }");
        await events.Started;
        await client.SayAsync("""{"id":"1","type":"complete"}""");
        await events.Left;

        await client.SubscribeAsync("1", "{ hello }");
        Assert.Contains("world", await client.HearAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dropped_connection_leaves_its_sources()
    {
        await using var host = await GraphQLHost.StartAsync();
        var events = (TestEvents)host.Services.GetService(typeof(TestEvents))!;
        using (var client = await SocketClient.OpenAsync(host))
        {
            await client.SubscribeAsync("1", "subscription { idle }");
            await events.Started;
        }

        await events.Left;
    }

    [Fact]
    public async Task Fragments_of_a_message_are_put_together()
    {
        await using var host = await GraphQLHost.StartAsync();
        using var client = await SocketClient.OpenAsync(host);
        var filler = new string(' ', 10_000);

        await client.SayAsync("""{"id":"1","payload":{"query":"{ he""", endOfMessage: false);
        await client.SayAsync("llo }\"}" + filler, endOfMessage: false);
        await client.SayAsync(""","type":"subscribe"}""");

        Assert.Contains("world", await client.HearAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_operations_run_at_once()
    {
        await using var host = await GraphQLHost.StartAsync();
        using var client = await SocketClient.OpenAsync(host);
        for (var id = 0; id < 50; id++)
            await client.SubscribeAsync($"{id}", "subscription { count(to: 5) }");

        var completed = 0;
        while (completed < 50)
            completed += (await client.HearAsync())!.Contains("complete", StringComparison.Ordinal) ? 1 : 0;
    }
}
