using System.Text.Json;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Timeline;
using Lucitra.Tests.Http.Support;
using Lucitra.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Timeline;

/// <summary>Subscribers with the same selection share one execution of it for each change, and what they get is as if they did not.</summary>
public sealed class SharedSubscriptionTests
{
    private const int Sockets = 4;
    private const int SubscriptionsEach = 50;
    private const string Names = "subscription { onContactChanged { email firstName } }";

    [SkippableTheory, BothDatabases]
    public async Task One_change_is_read_once_for_all_subscribers_with_the_same_selection(string database)
    {
        var sql = new SqlLog();
        await using var app = await LucitraApp.StartAsync(database, configure: sql.Attach);
        var clients = await OpenAsync(app, LucitraApp.ApiKey, Sockets);
        foreach (var client in clients)
        {
            for (var number = 0; number < SubscriptionsEach; number++)
                await client.SubscribeAsync($"{number}", Names);
        }

        await SubscribedAsync(app, Sockets * SubscriptionsEach);
        HashSet<string> told = [];
        HashSet<string> ids = [];
        var reads = await sql.DuringAsync(async () =>
        {
            await ChangeAsync(app, "Ada");
            foreach (var client in clients)
            {
                ids.Clear();
                for (var number = 0; number < SubscriptionsEach; number++)
                {
                    var next = await client.HearNextAsync();
                    ids.Add(next.Text("id")!);
                    told.Add(next.At("payload").GetRawText());
                }

                Assert.Equal(SubscriptionsEach, ids.Count);
            }
        });

        Assert.Single(reads, IsSelection);
        Assert.StartsWith("""{"data":{"onContactChanged":{"email":"ada@example.com","firstName":"Ada"}},"extensions":{"cursor":""", Assert.Single(told), StringComparison.Ordinal);
        Close(clients);
    }

    [SkippableTheory, BothDatabases]
    public async Task Different_selections_and_variables_are_read_apart_and_a_place_in_the_log_makes_no_difference(string database)
    {
        var sql = new SqlLog();
        await using var app = await LucitraApp.StartAsync(database, configure: sql.Attach);
        var cursor = (await app.QueryAsync("{ changesCursor }")).Text("changesCursor");
        const string Chosen = "subscription($after: String, $named: Boolean!) { onContactChanged(after: $after) { firstName lastName @include(if: $named) } }";
        var clients = await OpenAsync(app, LucitraApp.ApiKey, 6);
        await clients[0].SubscribeAsync("1", Names);
        await clients[1].SubscribeAsync("1", Names);
        await SubscribeAsync(clients[2], Chosen, new { named = true });
        await SubscribeAsync(clients[3], Chosen, new { named = true, after = cursor });
        await SubscribeAsync(clients[4], Chosen, new { named = false, after = cursor });
        await SubscribeAsync(clients[5], Chosen, new { named = false });
        await SubscribedAsync(app, clients.Count);

        var told = new List<string>();
        var reads = await sql.DuringAsync(async () =>
        {
            await ChangeAsync(app, "Ada");
            foreach (var client in clients)
                told.Add((await client.HearNextAsync()).At("payload.data.onContactChanged").GetRawText());
        });

        Assert.Equal(3, reads.Count(IsSelection));
        const string Both = """{"firstName":"Ada","lastName":null}""";
        const string First = """{"firstName":"Ada"}""";
        const string Email = """{"email":"ada@example.com","firstName":"Ada"}""";
        Assert.Equal([Email, Email, Both, Both, First, First], told);
        Close(clients);
    }

    [SkippableTheory, BothDatabases]
    public async Task Callers_who_may_read_different_things_get_different_things(string database)
    {
        var sql = new SqlLog();
        await using var app = await LucitraApp.StartAsync(database, configure: sql.Attach);
        var (_, masked) = await app.AddKeyAsync("contacts:read");
        var (_, alsoMasked) = await app.AddKeyAsync("contacts:read");
        var (_, personal) = await app.AddKeyAsync("contacts:read", "contacts:read:pii");
        List<SocketClient> clients = [];
        foreach (var key in new[] { masked, personal, alsoMasked })
        {
            clients.AddRange(await OpenAsync(app, key, 1));
            await clients[^1].SubscribeAsync("1", Names);
        }

        await SubscribedAsync(app, clients.Count);
        var told = new List<string?>();
        var reads = await sql.DuringAsync(async () =>
        {
            await ChangeAsync(app, "Ada");
            foreach (var client in clients)
                told.Add((await client.HearNextAsync()).Text("payload.data.onContactChanged.email"));
        });

        Assert.Equal(["***", "ada@example.com", "***"], told);
        Assert.Equal(2, reads.Count(IsSelection));
        Close(clients);
    }

    [SkippableTheory, BothDatabases(0, 1)]
    public async Task Who_leaves_while_the_selection_is_executed_takes_nobody_along(string database, int leaving)
    {
        var held = new HeldReads();
        await using var app = await LucitraApp.StartAsync(database, configure: held.Attach);
        var clients = await OpenAsync(app, LucitraApp.ApiKey, 2);
        foreach (var client in clients)
            await client.SubscribeAsync("1", Names);
        await SubscribedAsync(app, 2);

        held.Hold();
        await ChangeAsync(app, "Ada");
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(60));
        clients[leaving].Dispose();
        await SubscribedAsync(app, 1);
        held.Release();

        Assert.Equal("Ada", (await clients[1 - leaving].HearNextAsync()).Text("payload.data.onContactChanged.firstName"));
        Close(clients);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_client_that_does_not_read_holds_up_nobody_with_the_same_selection(string database)
    {
        const int SubscriptionsOfTheSlow = 90;
        var large = $"subscription {{ onContactChanged {{ firstName {string.Join(' ', Enumerable.Range(0, 45).Select(number => $"n{number}: jobTitle"))} }} }}";
        await using var app = await LucitraApp.StartAsync(database, new() { ["GraphQL:SendTimeout"] = "00:00:02" });
        var clients = await OpenAsync(app, LucitraApp.ApiKey, 2);
        await clients[1].SubscribeAsync("1", large);
        for (var number = 0; number < SubscriptionsOfTheSlow; number++)
            await clients[0].SubscribeAsync($"{number}", large);
        await SubscribedAsync(app, 1 + SubscriptionsOfTheSlow);
        var id = (await ChangeAsync(app, "0")).Text("createContact.contact.id");

        // A change is 2 MB for the one that does not read, and what the system keeps for a connection is little more.
        const int Changes = 20;
        for (var number = 1; number <= Changes; number++)
        {
            Assert.Equal($"{number - 1}", (await clients[1].HearNextAsync()).Text("payload.data.onContactChanged.firstName"));
            var updated = await app.MutateAsync("updateContact", new { id, firstName = $"{number}", jobTitle = new string((char)('a' + number), 500) });
            Assert.Null(updated.ErrorType());
        }

        await SubscribedAsync(app, 1);
        Assert.Equal($"{Changes}", (await clients[1].HearNextAsync()).Text("payload.data.onContactChanged.firstName"));
        Close(clients);
    }

    [SkippableTheory, BothDatabases]
    public async Task What_fails_for_one_fails_for_all_who_share_it_and_the_next_change_is_told(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var clients = await OpenAsync(app, LucitraApp.ApiKey, 2);
        foreach (var client in clients)
            await client.SubscribeAsync("1", Names);
        await SubscribedAsync(app, 2);

        await ChangeWithoutRecordAsync(app);
        await ChangeAsync(app, "Ada");

        foreach (var client in clients)
        {
            var failed = (await client.HearNextAsync()).At("payload");
            Assert.Equal(JsonValueKind.Null, failed.At("data").ValueKind);
            Assert.Equal("onContactChanged", failed.Text("errors.0.path.0"));
            Assert.Equal("Ada", (await client.HearNextAsync()).Text("payload.data.onContactChanged.firstName"));
        }

        Close(clients);
    }

    private static bool IsSelection(string statement) => statement.Contains("first_name", StringComparison.Ordinal) && !statement.Contains("properties", StringComparison.Ordinal);

    private static Task<JsonElement> ChangeAsync(LucitraApp app, string firstName) => app.QueryAsync(
        "mutation($input: CreateContactInput!) { createContact(input: $input) { contact { id } errors { __typename } } }",
        new { input = new { email = "ada@example.com", firstName } });

    private static async Task ChangeWithoutRecordAsync(LucitraApp app)
    {
        await app.InDatabaseAsync(async db =>
        {
            await using var write = await db.BeginWriteAsync(CancellationToken.None);
            db.RecordChanges.Add(new RecordChange
            {
                RecordType = nameof(Contact),
                RecordId = Guid.CreateVersion7(),
                Kind = RecordChangeKind.Updated,
                Fields = [],
                OccurredAt = HubSpotFact.Start.UtcDateTime,
                RecordedAt = HubSpotFact.Start.UtcDateTime,
            });
            await db.SaveChangesAsync();
            await write.CommitAsync(CancellationToken.None);
            return true;
        });
        app.Services.GetRequiredService<ChangeSignal>().Pulse();
    }

    private static Task SubscribedAsync(LucitraApp app, int subscribers) => Eventually.IsTrueAsync(() => Task.FromResult(app.Subscribers == subscribers));

    private static async Task<List<SocketClient>> OpenAsync(LucitraApp app, string key, int count)
    {
        var clients = new List<SocketClient>();
        for (var number = 0; number < count; number++)
        {
            clients.Add(await SocketClient.ConnectAsync(app.Address, "graphql-transport-ws", ("X-Api-Key", key)));
            await clients[number].SayAsync("""{"type":"connection_init"}""");
            await clients[number].HearAsync();
        }

        return clients;
    }

    private static Task SubscribeAsync(SocketClient client, string query, object variables) =>
        client.SayAsync(JsonSerializer.Serialize(new { id = "1", type = "subscribe", payload = new { query, variables } }));

    private static void Close(List<SocketClient> clients) => clients.ForEach(client => client.Dispose());
}
