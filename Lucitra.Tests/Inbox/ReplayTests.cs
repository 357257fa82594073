using System.Text.Json;
using Lucitra.Graph.Database;
using Lucitra.Tests.Support;
using Lucitra.Tests.Webhooks;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Inbox;

/// <summary>Events made due again, and events given up.</summary>
public sealed class ReplayTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_dead_event_is_applied_once_what_failed_is_mended(string database)
    {
        var plan = new FailingHandler.Plan(int.MaxValue);
        await using var app = await WithDeadAsync(database, plan, companies: 3);
        plan.Failures = 0;

        var payload = await ReplayAsync(app, "{ status: { eq: DEAD } }");

        Assert.Equal((3, false, null), (payload.At("count").GetInt32(), payload.At("hasMore").GetBoolean(), payload.ErrorType()));
        await app.WhenAppliedAsync();
        Assert.All(await app.EventsAsync(), row => Assert.Equal((WebhookEventStatus.Applied, 1, null), (row.Status, row.Attempts, row.Reason)));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_dead_event_that_fails_again_is_dead_again(string database)
    {
        await using var app = await WithDeadAsync(database, new FailingHandler.Plan(int.MaxValue), companies: 1);

        await ReplayAsync(app, "{ status: { eq: DEAD } }");
        await Eventually.IsTrueAsync(async () => (await app.EventsAsync()).TrueForAll(row => row.Status == WebhookEventStatus.Dead));

        Assert.Equal(2, Assert.Single(await app.EventsAsync()).Attempts);
    }

    [SkippableTheory, BothDatabases]
    public async Task Replaying_what_is_applied_changes_nothing(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(
            HubSpotFact.Created("contact", 1),
            HubSpotFact.Changed("contact", 1, "firstname", "Ada"),
            HubSpotFact.Changed("contact", 1, "firstname", "Grace", afterSeconds: 5),
            HubSpotFact.Deleted("contact", 1));
        await app.WhenAppliedAsync();
        var (before, events) = (await StateAsync(app), await app.EventsAsync());

        var payload = await ReplayAsync(app, "{ objectType: { eq: \"contact\" } }");
        await app.WhenAppliedAsync();

        Assert.Equal(4, payload.At("count").GetInt32());
        Assert.Equal(before, await StateAsync(app));
        Assert.Equal(
            events.Select(row => row.PropertyName == "firstname" && row.Raw.Contains("Ada", StringComparison.Ordinal) ? WebhookEventStatus.Superseded : WebhookEventStatus.Applied),
            (await app.EventsAsync()).Select(row => row.Status));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_limit_takes_the_oldest_and_tells_that_there_are_more(string database)
    {
        var plan = new FailingHandler.Plan(int.MaxValue);
        await using var app = await WithDeadAsync(database, plan, companies: 3);
        plan.Failures = 0;

        var payload = await ReplayAsync(app, "{ status: { eq: DEAD } }", limit: 2);
        await app.WhenAppliedAsync();

        Assert.Equal((2, true), (payload.At("count").GetInt32(), payload.At("hasMore").GetBoolean()));
        Assert.Equal([WebhookEventStatus.Applied, WebhookEventStatus.Applied, WebhookEventStatus.Dead], (await app.EventsAsync()).OrderBy(row => row.ReceivedAt).Select(row => row.Status));
    }

    [SkippableTheory]
    [InlineData("{}", null, "EmptyFilterError")]
    [InlineData("{ or: [{ status: { eq: DEAD } }, {}] }", null, "EmptyFilterError")]
    [InlineData("{ and: [] }", null, "EmptyFilterError")]
    [InlineData("{ status: { eq: DEAD } }", 0, "ValidationFailedError")]
    [InlineData("{ status: { eq: DEAD } }", 10_001, "ValidationFailedError")]
    public async Task What_is_meant_has_to_be_said(string where, int? limit, string error)
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);

        var payload = await ReplayAsync(app, where, limit);

        Assert.Equal(error, payload.ErrorType());
        Assert.Equal(JsonValueKind.Null, payload.At("count").ValueKind);
    }

    [SkippableTheory, BothDatabases]
    public async Task Too_many_in_a_minute_are_refused_until_a_time_that_is_told(string database)
    {
        await using var app = await WithDeadAsync(database, new FailingHandler.Plan(int.MaxValue), companies: 3, new()
        {
            ["Webhooks:Replay:MaxEvents"] = "3",
            ["Webhooks:Replay:MaxEventsPerMinute"] = "3",
        });

        Assert.Equal(2, (await ReplayAsync(app, "{ status: { eq: DEAD } }", limit: 2)).At("count").GetInt32());
        await Eventually.IsTrueAsync(async () => (await app.EventsAsync()).TrueForAll(row => row.Status == WebhookEventStatus.Dead));
        var audited = await app.InDatabaseAsync(db => db.AuditEntries.CountAsync());
        var refused = await ReplayAsync(app, "{ status: { eq: DEAD } }");

        Assert.Equal("ReplayLimitReachedError", refused.ErrorType());
        Assert.Equal(3, refused.At("errors.0.matching").GetInt32());
        Assert.True(refused.At("errors.0.retryAt").GetDateTimeOffset() > TimeProvider.System.GetUtcNow());
        Assert.Equal(audited, await app.InDatabaseAsync(db => db.AuditEntries.CountAsync()));
    }

    [SkippableTheory, BothDatabases]
    public async Task Discarded_events_are_ignored_with_the_reason_and_audited(string database)
    {
        await using var app = await WithDeadAsync(database, new FailingHandler.Plan(int.MaxValue), companies: 2);
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1));
        await app.WhenAppliedAsync();

        var data = await app.QueryAsync("""
            mutation { discardWebhookEvents(input: { where: { kind: { neq: null } }, reason: "known defect 17" }) { count hasMore errors { __typename } } }
            """);

        Assert.Equal((2, false), (data.At("discardWebhookEvents.count").GetInt32(), data.At("discardWebhookEvents.hasMore").GetBoolean()));
        var companies = (await app.EventsAsync()).FindAll(row => row.ObjectType == "company");
        Assert.All(companies, row => Assert.Equal((WebhookEventStatus.Ignored, "DISCARDED: known defect 17", null), (row.Status, row.Reason, row.NextAttemptAt)));
        var audit = await app.QueryAsync("{ auditEntries(where: { action: { eq: \"webhooks.discard\" } }) { totalCount nodes { at actor target count remoteAddress details { name value } } } }");
        Assert.Equal(1, audit.At("auditEntries.totalCount").GetInt32());
        var entry = audit.At("auditEntries.nodes.0");
        Assert.Equal(("api-key", "webhook_events", 2), (entry.Text("actor"), entry.Text("target"), entry.At("count").GetInt32()));
        Assert.NotNull(entry.Text("remoteAddress"));
        Assert.Equal(["limit", "reason", "where"], entry.Texts("details", "name"));
        Assert.Equal("known defect 17", entry.Text("details.1.value"));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_worker_that_held_an_event_from_before_its_replay_cannot_end_it(string database)
    {
        await using var app = await WithDeadAsync(database, new FailingHandler.Plan(int.MaxValue), companies: 1);
        await SetAsync(app, row => (row.Status, row.Attempts, row.NextAttemptAt) = (WebhookEventStatus.Received, 0, row.ReceivedAt.AddYears(1)));
        await using var held = await app.Services.GetRequiredService<IDbContextFactory<LucitraDbContext>>().CreateDbContextAsync();
        var row = await held.WebhookEvents.SingleAsync();
        await SetAsync(app, dead => (dead.Status, dead.Attempts, dead.NextAttemptAt) = (WebhookEventStatus.Dead, 1, null));
        await SetAsync(app, replayed => (replayed.Status, replayed.Attempts, replayed.NextAttemptAt) = (WebhookEventStatus.Received, 0, replayed.ReceivedAt.AddYears(2)));

        (row.Status, row.Attempts) = (WebhookEventStatus.Dead, 1);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => held.SaveChangesAsync());
    }

    private static Task SetAsync(LucitraApp app, Action<WebhookEvent> change) => app.InDatabaseAsync(async db =>
    {
        change(await db.WebhookEvents.SingleAsync());
        return await db.SaveChangesAsync();
    });

    private static Task<string> StateAsync(LucitraApp app) => app.InDatabaseAsync(async db =>
    {
        var contact = await db.Contacts.AsNoTracking().SingleAsync();
        return $"{contact.Version} {contact.FirstName} {contact.ArchivedAt:O} {contact.UpdatedAt:O} {await db.RecordChanges.CountAsync()} {JsonSerializer.Serialize(contact.Stamps)}";
    });

    private static async Task<JsonElement> ReplayAsync(LucitraApp app, string where, int? limit = null) =>
        (await app.QueryAsync($$"""
            mutation($limit: Int) { replayWebhookEvents(input: { where: {{where}}, limit: $limit }) {
              count hasMore errors { __typename ... on Error { message } ... on ReplayLimitReachedError { matching retryAt } } } }
            """, new { limit })).At("replayWebhookEvents");

    private static async Task<LucitraApp> WithDeadAsync(string database, FailingHandler.Plan plan, int companies, Dictionary<string, string?>? settings = null)
    {
        var app = await LucitraApp.StartAsync(
            database,
            new(settings ?? []) { ["Webhooks:Worker:MaxAttempts"] = "2", ["Webhooks:Worker:RetryBaseDelay"] = "00:00:00.010", ["Webhooks:Worker:RetryMaxDelay"] = "00:00:00.010" },
            builder => builder.Services.AddSingleton(plan).AddScoped<IHubSpotEventHandler, FailingHandler>());
        for (var id = 1; id <= companies; id++)
            await app.HubSpot.DeliverAsync(HubSpotFact.Changed("company", id, "name", FailingHandler.Poison));
        await app.WhenAppliedAsync();
        return app;
    }
}
