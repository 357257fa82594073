using Lucitra.Graph.Database;
using Lucitra.Tests.Inbox;
using Lucitra.Tests.Support;
using Lucitra.Tests.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lucitra.Tests.Database;

/// <summary>Events divided by month on PostgreSQL, and the day of a fact on both databases.</summary>
public sealed class EventPartitionTests
{
    private static readonly DateOnly _old = new(2024, 3, 1);

    [SkippableFact]
    public async Task Months_to_come_have_partitions_and_take_over_what_came_before_them()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres);
        var future = new DateOnly(2031, 5, 20);
        await app.AddAsync(RetentionTests.Event("ahead", WebhookEventStatus.Applied, 1, future));
        Assert.Equal("webhook_events_default", await PartitionOfAsync(app, "ahead"));

        await app.InDatabaseAsync(async db =>
        {
            await db.AddEventMonthsAsync(new DateOnly(2031, 3, 31), CancellationToken.None);
            await db.AddEventMonthsAsync(new DateOnly(2031, 3, 31), CancellationToken.None);
            return true;
        });

        Assert.Equal("webhook_events_2031_05", await PartitionOfAsync(app, "ahead"));
        Assert.Equal(["webhook_events_2031_03", "webhook_events_2031_04", "webhook_events_2031_05"], (await PartitionsAsync(app)).Where(name => name.Contains("2031", StringComparison.Ordinal)));
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1) with { OccurredAt = new(2031, 4, 30, 23, 59, 59, TimeSpan.Zero) });
        await app.WhenAppliedAsync();
        Assert.Equal("webhook_events_2031_04", await PartitionOfAsync(app, (await app.EventsAsync()).Single(row => row.Key != "ahead").Key));
    }

    [SkippableFact]
    public async Task A_month_goes_as_a_whole_once_every_event_in_it_is_past_its_time()
    {
        await using var app = await WithOldMonthAsync();
        await app.AddAsync(RetentionTests.Event("a", WebhookEventStatus.Applied, 400, _old), RetentionTests.Event("dead", WebhookEventStatus.Dead, 100, _old.AddDays(30)));

        await RetentionTests.SweepAsync(app);

        Assert.Equal("webhook_events_2024_03", await PartitionOfAsync(app, "dead"));
        Assert.Single(await app.EventsAsync());

        await app.InDatabaseAsync(db => db.WebhookEvents.ExecuteUpdateAsync(set => set.SetProperty(row => row.ProcessedAt, row => row.ProcessedAt!.Value.AddDays(-100))));
        await RetentionTests.SweepAsync(app);

        Assert.DoesNotContain("webhook_events_2024_03", await PartitionsAsync(app));
        Assert.Empty(await app.EventsAsync());
        await app.AddAsync(RetentionTests.Event("late", WebhookEventStatus.Applied, 1, _old));
        Assert.Equal("webhook_events_default", await PartitionOfAsync(app, "late"));
    }

    [SkippableFact]
    public async Task A_month_with_an_event_that_waits_stays()
    {
        await using var app = await WithOldMonthAsync();
        var row = RetentionTests.Event("waiting", WebhookEventStatus.Received, 400, _old);
        (row.ProcessedAt, row.NextAttemptAt) = (null, row.ReceivedAt.AddYears(10));
        await app.AddAsync(row);

        await RetentionTests.SweepAsync(app);

        Assert.Equal("webhook_events_2024_03", await PartitionOfAsync(app, "waiting"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Keys_are_unique_over_all_months_and_a_fact_has_one_day(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var facts = Enumerable.Range(0, 14).Select(month => HubSpotFact.Created("contact", month) with { OccurredAt = HubSpotFact.Start.AddMonths(month - 11) }).ToArray();
        await app.HubSpot.DeliverAsync(facts);
        await app.AcceptsAsync("[17]");
        await app.WhenAppliedAsync();
        await app.HubSpot.DeliverAsync([.. facts.Reverse()]);
        await app.AcceptsAsync("[17]");
        await app.WhenAppliedAsync();

        var rows = await app.EventsAsync();
        Assert.Equal(15, rows.Count);
        Assert.All(rows, row => Assert.Equal(row.OccurredAt is { } at ? DateOnly.FromDateTime(at) : WebhookEvent.UndatedOn, row.OccurredOn));
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => app.AddAsync(RetentionTests.Event(rows[3].Key, WebhookEventStatus.Applied, 0, rows[3].OccurredOn)));
        Assert.IsType(database == TestDatabase.Postgres ? typeof(PostgresException) : typeof(DbUpdateException), fault);
        Assert.Equal(DatabaseFault.Conflict, await app.InDatabaseAsync(db => Task.FromResult(db.FaultOf(fault))));
    }

    [SkippableFact]
    public async Task An_update_goes_to_one_partition()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres);

        var plan = await app.InDatabaseAsync(db => db.Database
            .SqlQueryRaw<string>("EXPLAIN UPDATE webhook_events SET attempts = 1 WHERE id = '00000000-0000-0000-0000-000000000001' AND occurred_on = '1999-01-01' AND attempts = 0")
            .ToListAsync());

        Assert.DoesNotContain(plan, line => line.Contains("webhook_events_2", StringComparison.Ordinal));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_database_from_before_keeps_its_events(string provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await using (var app = await LucitraApp.StartAsync(database))
        {
            await app.InDatabaseAsync(async db =>
            {
                await db.GetService<IMigrator>().MigrateAsync("20261123123000_Owners");
                await db.Database.ExecuteSqlRawAsync(
                    """
                    INSERT INTO webhook_events (id, key, occurred_at, raw, received_at, status, attempts)
                    VALUES ('0198A000-0000-7000-8000-000000000001', 'dated', '2026-10-31 23:30:00+00', '[1]', '2026-10-31 23:30:01+00', 'APPLIED', 1),
                           ('0198A000-0000-7000-8000-000000000002', 'undated', NULL, '[2]', '2026-10-31 23:30:01+00', 'DEAD', 1)
                    """.Replace("+00'", db.SortsNullsLast ? "+00'" : "'", StringComparison.Ordinal));
                return true;
            });
            await app.Services.MigrateDatabaseAsync(CancellationToken.None);

            var rows = await app.EventsAsync();
            Assert.Equal([("dated", new DateOnly(2026, 10, 31), "[1]"), ("undated", WebhookEvent.UndatedOn, "[2]")], rows.Select(row => (row.Key, row.OccurredOn, row.Raw)));
            await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1));
            await app.WhenAppliedAsync();
        }
    }

    private static async Task<LucitraApp> WithOldMonthAsync()
    {
        var app = await LucitraApp.StartAsync(TestDatabase.Postgres);
        await app.InDatabaseAsync(async db =>
        {
            await db.AddEventMonthsAsync(_old, CancellationToken.None);
            return true;
        });
        return app;
    }

    private static Task<string> PartitionOfAsync(LucitraApp app, string key) => app.InDatabaseAsync(db =>
        db.Database.SqlQuery<string>($"""SELECT tableoid::regclass::text AS "Value" FROM webhook_events WHERE key = {key}""").SingleAsync());

    private static Task<List<string>> PartitionsAsync(LucitraApp app) => app.InDatabaseAsync(db =>
        db.Database.SqlQuery<string>($"""SELECT inhrelid::regclass::text AS "Value" FROM pg_inherits WHERE inhparent = 'webhook_events'::regclass ORDER BY 1""").ToListAsync());
}
