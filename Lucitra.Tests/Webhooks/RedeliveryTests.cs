using Lucitra.Tests.Support;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Webhooks;

/// <summary>HubSpot delivers at least once, and its event ids are not unique.</summary>
public sealed class RedeliveryTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_fact_told_three_times_in_one_batch_and_redelivered_is_applied_once(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("14a-duplicates-in-one-batch", "14b-retry-of-14a");

        var row = Assert.Single(await app.EventsAsync());
        Assert.Equal((WebhookEventStatus.Applied, 1), (row.Status, row.Attempts));
        Assert.Equal(1, await app.InDatabaseAsync(db => db.RecordChanges.CountAsync()));
        Assert.Equal(1, (await app.ContactAsync(508_369_441_001)).Version);
    }

    [SkippableTheory, BothDatabases]
    public async Task Different_facts_under_one_event_id_are_all_applied(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("14a-duplicates-in-one-batch", "14c-event-id-collision");

        var rows = await app.EventsAsync();

        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.Equal((3_100_200_300, WebhookEventStatus.Applied), (row.EventId, row.Status)));
        Assert.Equal(2600m, (await app.DealAsync(332_507_368_001)).Amount);
        Assert.Equal("508369441310", (await app.ContactAsync(508_369_441_310)).HubSpotId);
    }

    [SkippableTheory, BothDatabases]
    public async Task Deliveries_of_one_fact_at_the_same_time_are_one_event(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var body = HubSpotFixtures.Body("19-import-burst-100");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.AcceptsAsync(body)));
        await app.WhenAppliedAsync();

        var rows = await app.EventsAsync();
        Assert.Equal(100, rows.Count);
        Assert.All(rows, row => Assert.Equal((WebhookEventStatus.Applied, 1), (row.Status, row.Attempts)));
        Assert.Equal(20, await app.InDatabaseAsync(db => db.Contacts.CountAsync()));
    }
}
