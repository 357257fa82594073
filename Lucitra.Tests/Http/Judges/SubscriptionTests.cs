using System.Text.Json;
using Lucitra.Graph.Timeline;
using Lucitra.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Http.Judges;

/// <summary>Subscriptions as the client of graphql-ws sees them, from the webhook to the message.</summary>
public sealed class SubscriptionTests
{
    private const string OnContact =
        """subscription { onContactChanged { email version deals { totalCount } properties(names: ["favourite_tea"]) { value } } }""";

    private const string OnDeal = "subscription { onDealChanged { name stage { label pipeline { label } } } }";

    [SkippableTheory, BothDatabases]
    public async Task Changes_by_webhook_and_by_mutation_arrive_in_order(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await using var client = await ConnectAsync(app);
        await SubscribeAsync(app, client, "contacts", OnContact);

        await app.HubSpot.DeliverAsync(
            HubSpotFact.Created("contact", 501),
            HubSpotFact.Changed("contact", 501, "email", "ada@northwharf.example"),
            HubSpotFact.Changed("contact", 501, "favourite_tea", "Earl Grey"));
        Assert.Equal(
            """{"onContactChanged":{"email":"ada@northwharf.example","version":1,"deals":{"totalCount":0},"properties":[{"value":"Earl Grey"}]}}""",
            await DataAsync(client, "contacts"));

        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("contact", 501, "favourite_tea", "Assam", afterSeconds: 5));
        Assert.Equal(
            """{"onContactChanged":{"email":"ada@northwharf.example","version":2,"deals":{"totalCount":0},"properties":[{"value":"Assam"}]}}""",
            await DataAsync(client, "contacts"));

        await app.QueryAsync("""mutation { createContact(input: { email: "grace@northwharf.example" }) { contact { id } errors { __typename } } }""");
        Assert.StartsWith(
            """{"onContactChanged":{"email":"grace@northwharf.example","version":1,""", await DataAsync(client, "contacts"), StringComparison.Ordinal);
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableTheory, BothDatabases]
    public async Task Two_subscriptions_share_a_connection_and_one_of_them_can_end(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await using var client = await ConnectAsync(app);
        await SubscribeAsync(app, client, "contacts", OnContact);
        await SubscribeAsync(app, client, "deals", OnDeal);

        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 501));
        Assert.Contains("\"version\":1", await DataAsync(client, "contacts"), StringComparison.Ordinal);
        await DeliverDealAsync(app, 701, "North Wharf");
        Assert.Equal(
            """{"onDealChanged":{"name":"North Wharf","stage":{"label":"Appointment Scheduled","pipeline":{"label":"Sales Pipeline"}}}}""",
            await DataAsync(client, "deals"));

        await client.SendAsync(new { op = "complete", id = "contacts" });
        Assert.Equal("complete", Text(await client.ReceiveAsync(), "event"));
        await Eventually.IsTrueAsync(() => Task.FromResult(Subscribers(app) == 1));
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 502));
        await app.WhenAppliedAsync();
        await DeliverDealAsync(app, 702, "South Quay");
        Assert.Contains("South Quay", await DataAsync(client, "deals"), StringComparison.Ordinal);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_stopping_server_asks_its_clients_to_come_back(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await using var client = await ConnectAsync(app);
        await SubscribeAsync(app, client, "contacts", OnContact);

        await app.StopAsync();

        // The client tells each subscription of the end, and then says that the connection is closed.
        JsonElement told;
        do
        {
            told = await client.ReceiveAsync();
            Assert.NotEqual("complete", Text(told, "event"));
        }
        while (Text(told, "event") != "closed");
        Assert.Equal(1012, told.GetProperty("code").GetInt32());
    }

    [SkippableFact]
    public async Task A_client_with_a_wrong_key_is_refused()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        await using var client = NodeScript.Start("subscribe.mjs", $"ws://{app.Address.Authority}/graphql");

        await client.SendAsync(new { op = "connect", connectionParams = new { Authorization = "Bearer wrong" } });

        var closed = await client.ReceiveAsync();
        Assert.Equal(("closed", 4403), (Text(closed, "event"), closed.GetProperty("code").GetInt32()));
    }

    private static async Task<NodeScript> ConnectAsync(LucitraApp app)
    {
        var client = NodeScript.Start("subscribe.mjs", $"ws://{app.Address.Authority}/graphql");
        await client.SendAsync(new { op = "connect", connectionParams = new { Authorization = $"Bearer {LucitraApp.ApiKey}" } });
        Assert.Equal("connected", Text(await client.ReceiveAsync(), "event"));
        return client;
    }

    // Nothing tells a client that its subscription has begun; what is delivered before that is not meant for it.
    private static async Task SubscribeAsync(LucitraApp app, NodeScript client, string id, string query)
    {
        var before = Subscribers(app);
        await client.SendAsync(new { op = "subscribe", id, query });
        await Eventually.IsTrueAsync(() => Task.FromResult(Subscribers(app) > before));
    }

    private static int Subscribers(LucitraApp app) => app.Services.GetRequiredService<ChangeFeed>().Subscribers;

    private static Task DeliverDealAsync(LucitraApp app, long id, string name) => app.HubSpot.DeliverAsync(
        HubSpotFact.Created("deal", id),
        HubSpotFact.Changed("deal", id, "dealname", name),
        HubSpotFact.Changed("deal", id, "pipeline", "default"),
        HubSpotFact.Changed("deal", id, "dealstage", "appointmentscheduled"));

    /// <summary>The data of the next message, which must be one of this subscription.</summary>
    private static async Task<string> DataAsync(NodeScript client, string id)
    {
        var message = await client.ReceiveAsync();
        Assert.Equal(("next", id), (Text(message, "event"), Text(message, "id")));
        return message.GetProperty("payload").GetProperty("data").GetRawText();
    }

    private static string? Text(JsonElement message, string name) => message.GetProperty(name).GetString();
}
