using Lucitra.Tests.Http.Support;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Auth;

public sealed class SocketAuthenticationTests
{
    private const string Subprotocol = "graphql-transport-ws";
    private const string CreateContact =
        """{"id":"1","type":"subscribe","payload":{"query":"mutation { createContact(input: { email: \"ada@northwharf.example\" }) { contact { id } } }"}}""";

    [Theory]
    [InlineData("""{"Authorization":"Bearer KEY"}""")]
    [InlineData("""{"authorization":"bearer KEY"}""")]
    [InlineData("""{"apiKey":"KEY"}""")]
    [InlineData("""{"x-api-key":"KEY","more":[1]}""")]
    public async Task The_key_may_come_in_connection_init(string payload)
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        using var client = await SocketClient.ConnectAsync(app.Address, Subprotocol);

        await client.SayAsync(Init(payload));

        Assert.Equal("""{"type":"connection_ack"}""", await client.HearAsync());
    }

    [Theory]
    [InlineData("X-Api-Key", LucitraApp.ApiKey)]
    [InlineData("Authorization", "Bearer " + LucitraApp.ApiKey)]
    public async Task The_key_may_come_with_the_upgrade(string header, string value)
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        using var client = await SocketClient.ConnectAsync(app.Address, Subprotocol, (header, value));

        await client.SayAsync("""{"type":"connection_init"}""");

        Assert.Equal("""{"type":"connection_ack"}""", await client.HearAsync());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"apiKey":"wrong"}""")]
    [InlineData("""{"apiKey":""}""")]
    [InlineData("""{"apiKey":7}""")]
    [InlineData("""{"apiKey":"\ud800"}""")]
    [InlineData("""{"Authorization":"KEY"}""")]
    [InlineData("""{"Authorization":"Basic KEY"}""")]
    public async Task Without_the_key_the_connection_closes_and_nothing_runs(string payload)
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        using var client = await SocketClient.ConnectAsync(app.Address, Subprotocol);

        await client.SayAsync(Init(payload));
        await client.SayAsync(CreateContact);

        Assert.Equal((4403, "Forbidden"), await client.HearCloseAsync());
        Assert.False(await app.InDatabaseAsync(db => db.Contacts.AnyAsync()));
        Assert.Empty(app.Errors.Errors);
    }

    [Fact]
    public async Task Wrong_credentials_in_connection_init_are_not_made_good_by_the_upgrade()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        using var client = await SocketClient.ConnectAsync(app.Address, Subprotocol, ("X-Api-Key", LucitraApp.ApiKey));

        await client.SayAsync(Init("""{"apiKey":"wrong"}"""));

        Assert.Equal(4403, (await client.HearCloseAsync()).Code);
    }

    [Fact]
    public async Task Nothing_runs_before_connection_init()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        using var client = await SocketClient.ConnectAsync(app.Address, Subprotocol, ("X-Api-Key", LucitraApp.ApiKey));

        await client.SayAsync(CreateContact);

        Assert.Equal((4401, "Unauthorized"), await client.HearCloseAsync());
        Assert.False(await app.InDatabaseAsync(db => db.Contacts.AnyAsync()));
    }

    private static string Init(string payload) =>
        $$"""{"type":"connection_init","payload":{{payload.Replace("KEY", LucitraApp.ApiKey, StringComparison.Ordinal)}}}""";
}
