using System.Text.Json;
using Lucitra.Tests.Http.Support;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Analytics;

public sealed class LiveDashboardTests
{
    private const int Deals = 50;

    [SkippableTheory, BothDatabases]
    public async Task A_burst_of_changes_is_told_in_few_dashboards_the_last_with_all_of_them(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await LucitraApp.StartAsync(database);
        await using var elsewhere = provider == TestDatabase.Postgres ? await LucitraApp.StartAsync(database) : null;
        using var client = await SubscribeAsync(app, "onDashboardChanged { deals { created { current } } }");
        Assert.Equal(0, await CreatedAsync(client));

        await (elsewhere ?? app).QueryAsync(
            "mutation($input: CreateDealsInput!) { createDeals(input: $input) { results { deal { id } } } }",
            new { input = new { items = Enumerable.Range(0, Deals).Select(number => new { name = $"Deal {number}" }) } });

        var told = 0;
        int created;
        do
        {
            created = await CreatedAsync(client);
            told++;
        }
        while (created < Deals);
        Assert.Equal(Deals, created);
        Assert.True(told < Deals, $"{told} dashboards were sent.");
    }

    [SkippableTheory, BothDatabases]
    public async Task One_look_is_for_all_subscribers_of_a_dashboard(string provider)
    {
        const int Subscribers = 60;
        await using var app = await LucitraApp.StartAsync(provider);
        using var client = await SubscribeAsync(app, "onDashboardChanged { at deals { created { current } } }", Subscribers);
        for (var number = 0; number < Subscribers; number++)
            Assert.Equal(0, CreatedIn(await client.HearNextAsync()));

        await app.QueryAsync("""mutation { createDeal(input: { name: "Deal" }) { deal { id } } }""");

        var told = new Dictionary<string, string>();
        while (told.Count < Subscribers)
        {
            var next = await client.HearNextAsync();
            if (CreatedIn(next) == 1)
                told.TryAdd(next.Text("id")!, next.At("payload").GetRawText());
        }

        Assert.InRange(told.Values.Distinct().Count(), 1, Subscribers / 4);
    }

    [Fact]
    public async Task A_range_that_is_none_ends_the_subscription_with_an_error()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        using var client = await SubscribeAsync(app, """onDashboardChanged(from: \"2026-11-02\", to: \"2026-11-01\") { at }""");

        var answer = JsonElement.Parse((await client.HearAsync())!);

        Assert.Contains("LUCITRA_INVALID_RANGE", answer.GetRawText(), StringComparison.Ordinal);
    }

    private static async Task<SocketClient> SubscribeAsync(LucitraApp app, string field, int subscriptions = 1)
    {
        var client = await SocketClient.ConnectAsync(app.Address, "graphql-transport-ws", ("X-Api-Key", LucitraApp.ApiKey));
        await client.SayAsync("""{"type":"connection_init","payload":{}}""");
        await client.HearAsync();
        for (var number = 1; number <= subscriptions; number++)
            await client.SubscribeAsync($"{number}", $"subscription {{ {field} }}");
        return client;
    }

    private static async Task<int> CreatedAsync(SocketClient client) => CreatedIn(await client.HearNextAsync());

    private static int CreatedIn(JsonElement next) => next.At("payload.data.onDashboardChanged.deals.created.current").GetInt32();
}
