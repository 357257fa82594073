using Lucitra.Tests.Http.Support;

namespace Lucitra.Tests.Http;

public sealed class EventStreamTests
{
    private const string EventStream = "text/event-stream";

    [Fact]
    public async Task A_subscription_streams_its_events()
    {
        await using var host = await GraphQLHost.StartAsync();
        var answer = await host.PostAsync("""{"query":"subscription { count(to: 2) }"}""", EventStream);

        Assert.Equal("text/event-stream; charset=utf-8", answer.ContentType);
        Assert.Equal(
            "event: next\ndata: {\"data\":{\"count\":1}}\n\nevent: next\ndata: {\"data\":{\"count\":2}}\n\nevent: complete\ndata:\n\n",
            answer.Body);
    }

    [Theory]
    [InlineData("{ __typename }", "{\"data\":{\"__typename\":\"Query\"}}")]
    [InlineData("subscription { nope }", "\"specifiedBy\"")]
    public async Task A_single_result_is_one_event(string document, string expected)
    {
        await using var host = await GraphQLHost.StartAsync();
        var answer = await host.PostAsync($$"""{"query":"{{document}}"}""", EventStream);

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("event: next\ndata: ", answer.Body, StringComparison.Ordinal);
        Assert.Contains(expected, answer.Body, StringComparison.Ordinal);
        Assert.EndsWith("event: complete\ndata:\n\n", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_idle_stream_is_kept_alive_and_ends_with_its_client()
    {
        await using var host = await GraphQLHost.StartAsync(new() { ["GraphQL:KeepAliveInterval"] = "00:00:00.1" });
        var events = (TestEvents)host.Services.GetService(typeof(TestEvents))!;
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/graphql"))
        {
            request.Content = new StringContent("""{"query":"subscription { idle }"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
            request.Headers.Accept.ParseAdd(EventStream);
            using var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            Assert.Equal(":", await reader.ReadLineAsync());
        }

        await events.Left;
    }
}
