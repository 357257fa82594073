using System.Text.Json;
using Lucitra.Graph.Timeline;
using Lucitra.Tests.Http.Support;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Timeline;

public sealed class ResumedSubscriptionTests
{
    private const int Writers = 4;
    private const int WritesEach = 40;

    [SkippableTheory, BothDatabases(1, 2)]
    public async Task A_client_that_reconnects_misses_nothing_and_hears_nothing_twice(string provider, int seed)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var app = await LucitraApp.StartAsync(database);
        await using var second = provider == TestDatabase.Postgres ? await LucitraApp.StartAsync(database) : null;
        var cursor = await CursorAsync(app);
        var address = app.Address;
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(app, second ?? app, writer)));

        var heard = new List<ChangePosition>();
        var random = new Random(seed);
        while (heard.Count < Writers * WritesEach)
        {
            // Now the one server, now the other; on the way the first is started anew.
            var server = second is not null && random.Next(2) == 0 ? second.Address : address;
            await foreach (var next in HearAsync(server, cursor).Take(random.Next(1, 40)))
            {
                heard.Add(ChangePosition.Of("after", cursor = next));
                if (heard.Count == Writers * WritesEach)
                    break;
            }

            if (writing.IsCompletedSuccessfully && heard.Count > Writers * WritesEach / 2 && address == app.Address)
            {
                await app.DisposeAsync();
                app = await LucitraApp.StartAsync(database);
                address = app.Address;
            }
        }

        await writing;
        var written = await app.InDatabaseAsync(db => db.RecordChanges.OrderBy(change => change.TransactionId).ThenBy(change => change.Position).ToListAsync());
        Assert.Equal(written.ConvertAll(change => change.At), heard);
        await app.DisposeAsync();
    }

    [SkippableTheory, BothDatabases]
    public async Task A_cursor_from_elsewhere_is_refused(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        using var client = await OpenAsync(app.Address);

        await client.SubscribeAsync("1", """subscription { onContactChanged(after: \"bm90LW91cnM\") { id } }""");

        var error = JsonSerializer.Deserialize<JsonElement>((await client.HearAsync())!);
        Assert.Equal("HC0078", error.GetProperty("payload").GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    private static async Task WriteAsync(LucitraApp first, LucitraApp second, int writer)
    {
        for (var number = 0; number < WritesEach; number++)
        {
            await (number % 2 == 0 ? first : second).QueryAsync(
                "mutation($email: String!) { createContact(input: { email: $email }) { contact { id } errors { __typename } } }",
                new { email = $"w{writer}.{number}@example.com" });
        }
    }

    private static async Task<string> CursorAsync(LucitraApp app) =>
        (await app.QueryAsync("{ changesCursor }")).GetProperty("changesCursor").GetString()!;

    private static async IAsyncEnumerable<string> HearAsync(Uri server, string after)
    {
        using var client = await OpenAsync(server);
        await client.SubscribeAsync("1", $$"""subscription { onContactChanged(after: \"{{after}}\") { id } }""");
        while (await client.HearAsync() is { } message)
        {
            var next = JsonSerializer.Deserialize<JsonElement>(message);
            if (next.GetProperty("type").GetString() == "next")
                yield return next.GetProperty("payload").GetProperty("extensions").GetProperty("cursor").GetString()!;
        }
    }

    private static async Task<SocketClient> OpenAsync(Uri server)
    {
        var client = await SocketClient.ConnectAsync(server, "graphql-transport-ws", [("X-Api-Key", LucitraApp.ApiKey)]);
        await client.SayAsync("""{"type":"connection_init"}""");
        await client.HearAsync();
        return client;
    }
}
