using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lucitra.Tests.Support;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Webhooks.Queue.PubSub;

/// <summary>Deliveries through a topic of the emulator to a worker that pulls.</summary>
public sealed class StreamingPullTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_delivery_becomes_a_contact(string database)
    {
        using var project = await PubSubProject.CreateAsync();
        await using var app = await LucitraApp.StartAsync(database, project.Settings);

        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1), HubSpotFact.Changed("contact", 1, "firstname", "Ada"), HubSpotFact.Created("deal", 2));
        await WhenStoredAsync(app, 3);

        Assert.Equal("Ada", (await app.ContactAsync(1)).FirstName);
        Assert.NotNull(await app.DealAsync(2));
        Assert.All(await app.EventsAsync(), row => Assert.Equal((WebhookEventStatus.Applied, 1), (row.Status, row.Attempts)));
        Assert.Empty(await project.PullAsync(project.Names.SubscriptionName));
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableTheory, BothDatabases]
    public async Task What_is_malformed_is_dead_as_in_the_queue_of_the_database(string database)
    {
        const string Body = """[{"portalId":1},7,"text",{"portalId":"x","portalId":2}]""";
        using var project = await PubSubProject.CreateAsync();
        await using var app = await LucitraApp.StartAsync(database, project.Settings);
        await using var other = await LucitraApp.StartAsync(database);

        await app.AcceptsAsync(Body);
        await other.AcceptsAsync(Body);
        await project.PublishAsync("this is no JSON");
        await WhenStoredAsync(app, 5);
        await WhenStoredAsync(other, 4);

        var rows = await app.EventsAsync();
        Assert.All(rows, row => Assert.Equal(WebhookEventStatus.Dead, row.Status));
        Assert.Equal(
            (await other.EventsAsync()).Select(row => (row.Key, row.Raw, row.Reason)).Append((Assert.Single(rows, row => row.Raw == "this is no JSON").Key, "this is no JSON", "MALFORMED: the element names a member twice, or is not JSON")).Order(),
            rows.Select(row => (row.Key, row.Raw, row.Reason)).Order());
        Assert.Empty(await project.PullAsync(project.Names.SubscriptionName));
    }

    [SkippableTheory, BothDatabases]
    public async Task The_events_of_a_record_are_applied_in_the_order_of_their_deliveries(string database)
    {
        const int Records = 3;
        const int Changes = 40;
        var plan = new CompanyHandler.Plan();
        using var project = await PubSubProject.CreateAsync();
        await using var app = await LucitraApp.StartAsync(database, project.Settings, plan.Register);

        for (var change = 0; change < Changes; change += 2)
        {
            await app.HubSpot.DeliverAsync([.. Enumerable.Range(1, Records).SelectMany(id => new[]
            {
                HubSpotFact.Changed("company", id, "name", $"{change}"), HubSpotFact.Changed("company", id, "name", $"{change + 1}"),
            })]);
        }

        await WhenStoredAsync(app, Records * Changes);
        Assert.All(Enumerable.Range(1, Records), id =>
            Assert.Equal(Enumerable.Range(0, Changes).Select(change => $"{change}"), plan.Applied.Where(one => one.Id == id).Select(one => one.Name)));
    }

    [SkippableFact]
    public async Task While_postgres_is_away_deliveries_are_accepted_and_applied_when_it_is_back()
    {
        using var project = await PubSubProject.CreateAsync();
        await using var cluster = await PostgresCluster.NewAsync();
        Skip.If(cluster is null, PostgresCluster.NotInstalled);
        await using var database = await TestDatabase.CreateInAsync(cluster);
        await using var app = await LucitraApp.StartAsync(database, project.Settings);
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1));
        await WhenStoredAsync(app, 1);

        await cluster.StopAsync(crash: true);
        await app.HubSpot.DeliverAsync([.. Enumerable.Range(2, 50).Select(id => HubSpotFact.Created("contact", id))]);
        await Eventually.IsTrueAsync(() => Task.FromResult(app.Errors.Errors.Any(line => line.Contains("gave them back", StringComparison.Ordinal))));
        await cluster.StartAsync();

        await Eventually.IsTrueAsync(async () => (await app.ExecuteAsync("{ contacts { totalCount } }")).ToString().Contains(":51}", StringComparison.Ordinal));
        Assert.All(await app.EventsAsync(), row => Assert.Equal(WebhookEventStatus.Applied, row.Status));
    }

    [SkippableFact]
    public async Task While_another_process_locks_the_sqlite_file_deliveries_are_accepted_and_applied_later()
    {
        using var project = await PubSubProject.CreateAsync();
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        await using var app = await LucitraApp.StartAsync(database, project.Settings);
        await using (var other = new SqliteConnection($"{database.ConnectionString};Pooling=False"))
        {
            await other.OpenAsync();
            await ExecuteAsync(other, "BEGIN EXCLUSIVE");
            await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1), HubSpotFact.Created("contact", 2));
            await Eventually.IsTrueAsync(() => Task.FromResult(app.Errors.Errors.Any(line => line.Contains("gave them back", StringComparison.Ordinal))));
            await ExecuteAsync(other, "ROLLBACK");
        }

        await WhenStoredAsync(app, 2);
        Assert.All(await app.EventsAsync(), row => Assert.Equal((WebhookEventStatus.Applied, 1), (row.Status, row.Attempts)));
    }

    [SkippableTheory, BothDatabases]
    public async Task An_event_that_fails_waits_in_the_inbox_and_is_applied_by_a_later_attempt(string database)
    {
        using var project = await PubSubProject.CreateAsync();
        await using var app = await LucitraApp.StartAsync(
            database,
            new(project.Settings) { ["Webhooks:Worker:RetryBaseDelay"] = "00:00:00.010", ["Webhooks:Worker:RetryMaxDelay"] = "00:00:00.050" },
            builder => builder.Services.AddSingleton(new FailingHandler.Plan(2)).AddScoped<IHubSpotEventHandler, FailingHandler>());

        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1), HubSpotFact.Changed("company", 2, "name", FailingHandler.Poison));
        await WhenStoredAsync(app, 2);
        await app.WhenAppliedAsync();

        // Together with its neighbour it fails without being blamed for it, alone it is.
        var rows = await app.EventsAsync();
        Assert.All(rows, row => Assert.Equal(WebhookEventStatus.Applied, row.Status));
        Assert.Equal(1, Assert.Single(rows, row => row.ObjectType == "contact").Attempts);
        Assert.InRange(Assert.Single(rows, row => row.ObjectType == "company").Attempts, 2, 3);
    }

    [SkippableFact]
    public async Task Without_an_emulator_deliveries_are_to_be_sent_again_and_health_says_why()
    {
        await using var emulator = await PubSubEmulator.NewAsync();
        using var project = PubSubProject.At(emulator.Host);
        await project.SetUpAsync();
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite, project.Settings);
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1));
        await WhenStoredAsync(app, 1);
        Assert.Equal(("HEALTHY", "OK"), await HealthAsync(app));

        await emulator.KillAsync();
        using var refused = await app.HubSpot.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new[] { HubSpotFact.Created("contact", 2).ToJson() }));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        Assert.Equal(("UNHEALTHY", "FAILED: Unavailable"), await HealthAsync(app));
    }

    internal static Task WhenStoredAsync(LucitraApp app, int events) => Eventually.IsTrueAsync(async () => (await app.EventsAsync()).Count == events);

    private static async Task<(string? Status, string? Publishing)> HealthAsync(LucitraApp app)
    {
        using var response = await app.Client.GetAsync(new Uri("/health", UriKind.Relative));
        var queue = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("checks").GetProperty("queue");
        return (queue.GetProperty("status").GetString(), queue.GetProperty("details").GetProperty("publishing").GetString());
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = new SqliteCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
