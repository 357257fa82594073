using System.Net;
using System.Text;
using System.Text.Json;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Webhooks;

/// <summary>PostgreSQL goes away and comes back: nothing accepted is lost, and the server recovers by itself.</summary>
public sealed class PostgresOutageTests
{
    [SkippableFact]
    public async Task While_the_database_is_away_deliveries_are_to_be_sent_again_and_queries_fail_masked()
    {
        await using var cluster = await PostgresCluster.NewAsync();
        Skip.If(cluster is null, PostgresCluster.NotInstalled);
        await using var database = await TestDatabase.CreateInAsync(cluster);
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("contact", 1, "firstname", "Ada"));
        await app.WhenAppliedAsync();

        await cluster.StopAsync();
        using var refused = await app.HubSpot.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new[] { HubSpotFact.Changed("contact", 1, "firstname", "Grace", 1).ToJson() }));
        var failed = await app.ExecuteAsync("{ contacts { nodes { firstName } } }");
        await cluster.StartAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        var error = failed.GetProperty("errors")[0];
        Assert.DoesNotContain("Npgsql", error.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Ada", await FirstNameAsync(app));

        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("contact", 1, "firstname", "Grace", 1));
        await app.WhenAppliedAsync();
        Assert.Equal("Grace", await FirstNameAsync(app));
    }

    [SkippableFact]
    public async Task Worker_change_feed_and_announcements_come_back_with_the_database()
    {
        await using var cluster = await PostgresCluster.NewAsync();
        Skip.If(cluster is null, PostgresCluster.NotInstalled);
        await using var database = await TestDatabase.CreateInAsync(cluster);
        await using var receiver = await LucitraApp.StartAsync(database, new() { ["Lucitra:Roles"] = "Webhooks" });
        await using var worker = await LucitraApp.StartAsync(database, new() { ["Lucitra:Roles"] = "Worker", ["Webhooks:Worker:PollInterval"] = "00:05:00" });
        await using var api = await LucitraApp.StartAsync(database, new() { ["Lucitra:Roles"] = "Api" });
        using var changes = RecordedChanges.Of(api, "Contact");

        await cluster.StopAsync(crash: true);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await receiver.HubSpot.PostAsync(Encoding.UTF8.GetBytes("[{}]")));
        await cluster.StartAsync();

        await Eventually.IsTrueAsync(async () => await receiver.HubSpot.PostAsync(HubSpotFixtures.Body("01-contact-creation-with-initial-properties")) == HttpStatusCode.NoContent);
        await receiver.WhenAppliedAsync();
        await Eventually.IsTrueAsync(() => Task.FromResult(changes.Positions.Count == 1));
    }

    [SkippableFact]
    public async Task What_was_acknowledged_survives_crashes_of_the_database_and_is_applied_once()
    {
        await using var cluster = await PostgresCluster.NewAsync(fsync: true);
        Skip.If(cluster is null, PostgresCluster.NotInstalled);
        await using var database = await TestDatabase.CreateInAsync(cluster);
        await using var app = await LucitraApp.StartAsync(database);
        var burst = new BurstOfChanges();
        for (var crash = 0; crash < 4; crash++)
        {
            var enough = burst.Acknowledged + 300;
            var posting = burst.PostAsync(app.Address, CancellationToken.None);
            await Eventually.IsTrueAsync(() => Task.FromResult(burst.Acknowledged >= enough));
            await cluster.StopAsync(crash: true);
            await posting;
            await cluster.StartAsync();
        }

        await Eventually.IsTrueAsync(async () =>
        {
            await burst.RedeliverAsync(app.Address);
            return burst.Unacknowledged == 0;
        });
        await app.WhenAppliedAsync();
        await app.InDatabaseAsync(async db =>
        {
            await burst.IsAppliedOnceAsync(db);
            return await db.Contacts.CountAsync();
        });
    }

    private static async Task<string?> FirstNameAsync(LucitraApp app)
    {
        JsonElement answer = default;
        await Eventually.IsTrueAsync(async () => !(answer = await app.ExecuteAsync("{ contacts { nodes { firstName } } }")).TryGetProperty("errors", out _));
        return answer.GetProperty("data").GetProperty("contacts").GetProperty("nodes")[0].GetProperty("firstName").GetString();
    }
}
