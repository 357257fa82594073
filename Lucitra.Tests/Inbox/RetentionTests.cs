using Lucitra.Graph.Audit;
using Lucitra.Graph.Inbox;
using Lucitra.Graph.Records;
using Lucitra.Tests.Support;
using Lucitra.Tests.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Inbox;

/// <summary>What is past its time goes, and nothing else.</summary>
public sealed class RetentionTests
{
    private static readonly DateTime _now = TimeProvider.System.GetUtcNow().UtcDateTime;

    [SkippableTheory, BothDatabases]
    public async Task Each_status_is_kept_for_its_own_time(string database)
    {
        await using var app = await LucitraApp.StartAsync(database, new() { ["Webhooks:Retention:BatchSize"] = "2", ["Webhooks:Retention:Superseded"] = "" });
        await app.AddAsync(
            [
                .. Enumerable.Range(0, 5).Select(i => Event($"applied-old-{i}", WebhookEventStatus.Applied, 31)),
                Event("applied", WebhookEventStatus.Applied, 29),
                Event("superseded-old", WebhookEventStatus.Superseded, 4000),
                Event("ignored-old", WebhookEventStatus.Ignored, 15),
                Event("ignored", WebhookEventStatus.Ignored, 13),
                Event("dead-old", WebhookEventStatus.Dead, 181),
                Event("dead", WebhookEventStatus.Dead, 179),
                Waiting("received"),
            ]);

        await SweepAsync(app);

        Assert.Equal(
            ["applied", "dead", "ignored", "received", "superseded-old"],
            (await app.EventsAsync()).Select(row => row.Key).Order(StringComparer.Ordinal));
    }

    [SkippableTheory, BothDatabases]
    public async Task Expired_idempotency_keys_and_old_audit_entries_go_too(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            new IdempotencyKey { Key = "old", InputHash = "x", ExpiresAt = _now.AddHours(-1) },
            new IdempotencyKey { Key = "new", InputHash = "x", ExpiresAt = _now.AddHours(1) },
            new AuditEntry { Id = Guid.CreateVersion7(), At = _now.AddDays(-401), Actor = "a", Action = "old", Target = "t" },
            new AuditEntry { Id = Guid.CreateVersion7(), At = _now.AddDays(-399), Actor = "a", Action = "new", Target = "t" });

        await SweepAsync(app);

        Assert.Equal(["new"], await app.InDatabaseAsync(db => db.IdempotencyKeys.Select(key => key.Key).ToListAsync()));
        Assert.Equal(["new"], await app.InDatabaseAsync(db => db.AuditEntries.Select(entry => entry.Action).ToListAsync()));
    }

    [SkippableFact]
    public async Task One_server_sweeps_at_a_time()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres);
        await app.AddAsync(Event("old", WebhookEventStatus.Applied, 31));

        var ran = await app.InDatabaseAsync(db => db.RunAloneAsync("lucitra:retention", () => SweepAsync(app), CancellationToken.None));
        Assert.True(ran);
        Assert.Single(await app.EventsAsync());

        await SweepAsync(app);
        Assert.Empty(await app.EventsAsync());
    }

    [SkippableFact]
    public async Task The_worker_sweeps_by_itself()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite, new() { ["Webhooks:Retention:Interval"] = "00:00:01" });
        await app.AddAsync(Event("old", WebhookEventStatus.Applied, 31));

        await Eventually.IsTrueAsync(async () => (await app.EventsAsync()).Count == 0);
    }

    internal static WebhookEvent Event(string key, WebhookEventStatus status, int daysAgo, DateOnly? on = null) => new()
    {
        Id = Guid.CreateVersion7(),
        Key = key,
        OccurredOn = on ?? DateOnly.FromDateTime(_now.AddDays(-daysAgo)),
        Raw = "{}",
        Status = status,
        ReceivedAt = _now.AddDays(-daysAgo),
        ProcessedAt = _now.AddDays(-daysAgo),
    };

    internal static Task SweepAsync(LucitraApp app) => app.Services.GetRequiredService<Retention>().SweepAsync(CancellationToken.None);

    private static WebhookEvent Waiting(string key)
    {
        var row = Event(key, WebhookEventStatus.Received, 4000);
        (row.ProcessedAt, row.NextAttemptAt) = (null, _now.AddDays(1));
        return row;
    }
}
