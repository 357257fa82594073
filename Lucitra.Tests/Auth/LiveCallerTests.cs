using System.Net.Http.Headers;
using Lucitra.Tests.Http.Support;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Auth;

public sealed class LiveCallerTests
{
    private const string Email = "ada@northwharf.example";

    [SkippableTheory, BothDatabases]
    public async Task A_revoked_caller_is_sent_away_while_subscribed(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var user = await app.AddUserAsync(Email, "VIEWER");
        var (id, key) = await app.AddKeyAsync("deals:read");
        var (_, other) = await app.AddKeyAsync("deals:read");
        using var byKey = await SubscribeAsync(app, key);
        using var byUser = await SubscribeAsync(app, await app.TokenOfAsync(Email));
        using var staying = await SubscribeAsync(app, other);
        using var stream = await StreamAsync(app, key);

        await app.RevokeKeyAsync(id);
        await app.QueryAsync($$"""mutation { changeUserRole(input: { id: "{{user}}", role: EDITOR }) { errors { __typename } } }""");

        Assert.Equal((4403, "Forbidden"), await byKey.HearCloseAsync());
        Assert.Equal((4403, "Forbidden"), await byUser.HearCloseAsync());
        var rest = await new StreamReader(await stream.Content.ReadAsStreamAsync()).ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.DoesNotContain("event: complete", rest, StringComparison.Ordinal);

        var hearing = staying.HearAsync();
        await Eventually.IsTrueAsync(async () =>
        {
            await app.QueryAsync("""mutation { createDeal(input: { name: "Engine" }) { errors { __typename } } }""");
            return hearing.IsCompleted;
        });
        Assert.StartsWith("""{"id":"1","type":"next","payload":{"data":{"onDealChanged":{"name":"Engine"}}""", await hearing, StringComparison.Ordinal);
    }

    [SkippableTheory, BothDatabases]
    public async Task Another_server_hears_of_it_too(string database)
    {
        await using var app = await LucitraApp.StartAsync(database, new() { ["Auth:RecheckInterval"] = "00:00:00.2" });
        await using var second = await LucitraApp.StartAsync(app.Database, new() { ["Auth:RecheckInterval"] = "00:00:00.2" });
        var (id, key) = await app.AddKeyAsync("deals:read");
        using var subscriber = await SubscribeAsync(second, key);

        await app.RevokeKeyAsync(id);

        Assert.Equal(4403, (await subscriber.HearCloseAsync()).Code);
        await Eventually.IsTrueAsync(async () => (await second.AsAsync(key, "{ me { name } }")).Status == 401);
    }

    private static async Task<SocketClient> SubscribeAsync(LucitraApp app, string bearer)
    {
        var client = await SocketClient.ConnectAsync(app.Address, "graphql-transport-ws", ("Authorization", $"Bearer {bearer}"));
        await client.SayAsync("""{"type":"connection_init"}""");
        Assert.Equal("""{"type":"connection_ack"}""", await client.HearAsync());
        await client.SubscribeAsync("1", "subscription { onDealChanged { name } }");
        return client;
    }

    private static async Task<HttpResponseMessage> StreamAsync(LucitraApp app, string bearer)
    {
        using var client = app.ClientAs(bearer);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent("""{"query":"subscription { onDealChanged { name } }"}""", new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Accept.ParseAdd("text/event-stream");
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
