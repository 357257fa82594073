using System.Text.Json;
using Lucitra.Graph.Timeline;
using Lucitra.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Http.Judges;

/// <summary>The clients people use, without a browser: each pages to the end, writes, and hears of a webhook.</summary>
public sealed class ClientTests
{
    // All of one company, so that the order leaves every tie to the server.
    private static readonly string[] _emails = [.. Enumerable.Range(501, 8).Select(id => $"contact{id}@northwharf.example")];

    [SkippableTheory, BothDatabases]
    public async Task Apollo_pages_writes_through_its_cache_and_subscribes(string database)
    {
        await using var app = await StartAsync(database);
        await using var client = NodeScript.Start("clients/apollo.mjs", $"{app.Address}graphql", LucitraApp.ApiKey);

        AssertPages(await client.ReceiveAsync(), requests: 3);
        AssertRenamed(await client.ReceiveAsync());
        AssertChange(await ChangeAsync(app, client));
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableFact]
    public async Task Urql_pages_writes_through_its_cache_and_subscribes()
    {
        await using var app = await StartAsync(TestDatabase.Sqlite);
        await using var client = NodeScript.Start("clients/urql.mjs", $"{app.Address}graphql", LucitraApp.ApiKey);

        AssertPages(await client.ReceiveAsync(), requests: 3);
        AssertRenamed(await client.ReceiveAsync());
        AssertChange(await ChangeAsync(app, client));
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableFact]
    public async Task Relay_compiles_against_the_schema_pages_writes_and_subscribes()
    {
        await using var app = await StartAsync(TestDatabase.Sqlite);
        await using var client = NodeScript.Start(
            "clients/relay.mjs", $"{app.Address}graphql", LucitraApp.ApiKey, SourceTree.Path("schema.graphql"));

        Assert.Contains("contactsNextPageQuery", Texts((await client.ReceiveAsync()).GetProperty("artifacts")));
        AssertPages(await client.ReceiveAsync());
        var written = await client.ReceiveAsync();
        Assert.Equal(("new@northwharf.example", "new@northwharf.example"), (written.Text("appended"), written.Text("fetched")));
        Assert.True(written.GetProperty("removed").GetBoolean());
        var change = await ChangeAsync(app, client);
        AssertChange(change);
        Assert.Equal("Grace", change.Text("cached"));
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableFact]
    public async Task Graphql_sse_subscribes_by_one_connection_each()
    {
        await using var app = await StartAsync(TestDatabase.Sqlite);
        await using var client = NodeScript.Start("clients/sse.mjs", $"{app.Address}graphql", LucitraApp.ApiKey);

        AssertChange(await ChangeAsync(app, client));
        await Eventually.IsTrueAsync(() => Task.FromResult(Subscribers(app) == 0));
        Assert.Empty(app.Errors.Errors);
    }

    private static async Task<LucitraApp> StartAsync(string database)
    {
        Skip.If(NodeScript.MissingReason is not null, NodeScript.MissingReason);
        var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync([.. Enumerable.Range(501, 8).SelectMany(id => new[]
        {
            HubSpotFact.Created("contact", id),
            HubSpotFact.Changed("contact", id, "email", $"contact{id}@northwharf.example"),
            HubSpotFact.Changed("contact", id, "company", "North Wharf"),
        })]);
        await app.WhenAppliedAsync();
        return app;
    }

    private static async Task<JsonElement> ChangeAsync(LucitraApp app, NodeScript client)
    {
        await Eventually.IsTrueAsync(() => Task.FromResult(Subscribers(app) == 1));
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("contact", 501, "firstname", "Grace", afterSeconds: 5));
        return await client.ReceiveAsync();
    }

    private static int Subscribers(LucitraApp app) => app.Services.GetRequiredService<ChangeFeed>().Subscribers;

    private static void AssertPages(JsonElement seen, int? requests = null)
    {
        var pages = seen.GetProperty("pages").EnumerateArray().Select(Texts).ToList();
        Assert.Equal([3, 3, 2], pages.Select(page => page.Length));
        Assert.Equal(_emails, pages.SelectMany(page => page).Order(StringComparer.Ordinal));
        Assert.Equal(pages.SelectMany(page => page), Texts(seen.GetProperty("cached")));
        if (requests is { } count)
            Assert.Equal(count, seen.GetProperty("requests").GetInt32());
    }

    // One request: the mutation, and no fetch after it.
    private static void AssertRenamed(JsonElement seen)
    {
        Assert.Equal("Renamed", seen.Text("shown.firstName"));
        Assert.Equal(1, seen.GetProperty("requests").GetInt32());
    }

    private static void AssertChange(JsonElement seen)
    {
        Assert.Equal(("contact501@northwharf.example", "Grace"), (seen.Text("change.email"), seen.Text("change.firstName")));
        if (seen.TryGetProperty("requests", out var requests))
            Assert.Equal(0, requests.GetInt32());
    }

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];
}
