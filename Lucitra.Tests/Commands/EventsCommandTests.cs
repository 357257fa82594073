using Lucitra.Tests.Inbox;
using Lucitra.Tests.Support;
using Lucitra.Tests.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Commands;

/// <summary>The commands on stored events, as an operator runs them.</summary>
public sealed class EventsCommandTests
{
    [SkippableTheory, BothDatabases]
    public async Task Events_are_listed_replayed_and_discarded_from_the_command_line(string provider)
    {
        await using var app = await LucitraApp.StartAsync(provider, new() { ["Lucitra:Roles"] = "Api" });
        await app.AddAsync(
            With("a", WebhookEventStatus.Dead, row => (row.ObjectType, row.ObjectId, row.Reason) = ("contact", 1, "GAVE UP after 10 attempts: X")),
            With("b", WebhookEventStatus.Dead, row => (row.ObjectType, row.ObjectId, row.Reason) = ("deal", 2, "MALFORMED: y")),
            With("c", WebhookEventStatus.Applied, row => (row.ObjectType, row.ObjectId) = ("contact", 3)));

        Assert.Contains("2 of 2 events.", await RunAsync(app, "list", "--type", "contact"), StringComparison.Ordinal);
        Assert.Contains("1 of 2 events.", await RunAsync(app, "list", "--status", "DEAD", "--limit", "1"), StringComparison.Ordinal);
        Assert.Contains("1 events match.", await RunAsync(app, "replay", "--status", "dead", "--reason-contains", "GAVE UP", "--dry-run"), StringComparison.Ordinal);
        Assert.Equal(["DEAD", "DEAD", "APPLIED"], await StatusesAsync(app));

        Assert.Contains("Replayed 1 events.", await RunAsync(app, "replay", "--status", "DEAD", "--type", "contact", "--object", "1", "--until", "2100-01-01T00:00:00Z"), StringComparison.Ordinal);
        Assert.Equal(["RECEIVED", "DEAD", "APPLIED"], await StatusesAsync(app));
        Assert.Contains("Discarded 1 events. More match", await RunAsync(app, "discard", "--status", "DEAD", "RECEIVED", "--reason", "not ours", "--limit", "1"), StringComparison.Ordinal);
        Assert.Equal(1, (await app.EventsAsync()).Count(row => row is { Status: WebhookEventStatus.Ignored, Reason: "DISCARDED: not ours" }));

        var audit = await app.InDatabaseAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).ToListAsync());
        Assert.Equal([("webhooks.replay", 1), ("webhooks.discard", 1)], audit.Select(entry => (entry.Action, entry.Count!.Value)));
        Assert.All(audit, entry => Assert.Equal(($"command:{Environment.UserName}", null), (entry.Actor, entry.RemoteAddress)));
        Assert.Equal("--status DEAD --type contact --object 1 --until 2100-01-01T00:00:00Z", audit[0].Details["where"]);
    }

    [Fact]
    public async Task Without_a_filter_nothing_is_changed()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite, new() { ["Lucitra:Roles"] = "Api" });
        await app.AddAsync(With("a", WebhookEventStatus.Dead, _ => { }));

        var (exitCode, output) = await LucitraServer.RunAsync(LucitraServer.SettingsFor(app.Database), "webhooks", "replay");

        Assert.Equal(1, exitCode);
        Assert.Contains("--status DEAD", output, StringComparison.Ordinal);
        Assert.Equal(["DEAD"], await StatusesAsync(app));
    }

    private static WebhookEvent With(string key, WebhookEventStatus status, Action<WebhookEvent> with)
    {
        var row = RetentionTests.Event(key, status, 1);
        with(row);
        return row;
    }

    private static async Task<string> RunAsync(LucitraApp app, params string[] arguments)
    {
        var (exitCode, output) = await LucitraServer.RunAsync(LucitraServer.SettingsFor(app.Database), ["webhooks", .. arguments]);
        Assert.True(exitCode == 0, output);
        return output;
    }

    private static async Task<IEnumerable<string>> StatusesAsync(LucitraApp app) =>
        (await app.EventsAsync()).OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => row.Status.ToString().ToUpperInvariant());
}
