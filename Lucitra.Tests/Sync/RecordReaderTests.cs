using Lucitra.Tests.Support;
using Lucitra.Tests.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Sync;

public sealed class RecordReaderTests
{
    private const string BatchRead = "/objects/contacts/batch/read";

    [SkippableTheory, BothDatabases]
    public async Task A_thousand_new_contacts_with_eight_properties_cost_ten_batch_reads_and_no_call_per_event(string database)
    {
        await using var portal = await FakePortal.StartAsync();
        var settings = new Dictionary<string, string?>(portal.Settings) { ["HubSpot:Sync:ReadDelay"] = "00:01:00" };
        await using var app = await LucitraApp.StartAsync(database, settings);
        for (var first = 1; first <= 1_000; first += 100)
        {
            var facts = new List<HubSpotFact>();
            foreach (var id in Enumerable.Range(first, 100))
            {
                portal.Put("contacts", id);
                facts.Add(HubSpotFact.Created("contact", id));
                facts.AddRange(Enumerable.Range(0, 8).Select(i => HubSpotFact.Changed("contact", id, $"property_{i}", $"{id}")));
            }

            await app.HubSpot.DeliverAsync([.. facts]);
            await app.WhenAppliedAsync();
        }

        Assert.Equal(0, portal.CallsOf(BatchRead));
        await app.InDatabaseAsync(db => db.RecordReads.ExecuteUpdateAsync(set => set.SetProperty(read => read.DueAt, HubSpotFact.Start.UtcDateTime)));
        await WhenReadAsync(app);
        Assert.Equal(10, portal.CallsOf(BatchRead));
        Assert.Equal(0, portal.CallsOf("GET /crm/v3/objects/contacts/"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Two_values_of_one_millisecond_are_settled_by_HubSpot(string database)
    {
        await using var portal = await FakePortal.StartAsync();
        await using var app = await LucitraApp.StartAsync(database, portal.Settings);
        portal.Put("contacts", 1, ("firstname", "Ada"));
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("contact", 1, "firstname", "Zoe"), HubSpotFact.Changed("contact", 1, "firstname", "Ada"));
        await app.WhenAppliedAsync();
        await WhenReadAsync(app);
        Assert.Equal("Ada", (await app.InDatabaseAsync(db => db.Contacts.SingleAsync())).FirstName);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_record_that_HubSpot_does_not_find_is_archived_after_the_grace(string database)
    {
        await using var portal = await FakePortal.StartAsync();
        var settings = new Dictionary<string, string?>(portal.Settings) { ["HubSpot:Sync:MissingGrace"] = "00:00:01" };
        await using var app = await LucitraApp.StartAsync(database, settings);
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1));
        await app.WhenAppliedAsync();
        await WhenReadAsync(app);
        Assert.True(portal.CallsOf(BatchRead) >= 4, "live and archived, at least twice");
        Assert.NotNull((await app.InDatabaseAsync(db => db.Contacts.SingleAsync())).ArchivedAt);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_restored_record_is_read_with_its_links(string database)
    {
        await using var portal = await FakePortal.StartAsync();
        await using var app = await LucitraApp.StartAsync(database, portal.Settings);
        portal.Put("deals", 9, ("dealname", "Deal"));
        portal.Put("contacts", 1, ("firstname", "Ada"));
        portal.Link(9, 1);
        await app.HubSpot.DeliverAsync(
            HubSpotFact.Created("deal", 9), HubSpotFact.Created("contact", 1), HubSpotFact.Deleted("deal", 9),
            new HubSpotFact("deal.restore", 9) { OccurredAt = HubSpotFact.Start.AddSeconds(90) });
        await app.WhenAppliedAsync();
        await WhenReadAsync(app);
        var deal = await app.InDatabaseAsync(db => db.Deals.Include(one => one.Contacts).SingleAsync());
        Assert.Equal((null, "Deal", "Ada"), (deal.ArchivedAt, deal.Name, deal.Contacts.Single().FirstName));
    }

    [SkippableTheory, BothDatabases]
    public async Task The_links_of_merged_records_are_read_although_a_read_told_of_the_merge_before_its_event(string database)
    {
        await using var portal = await FakePortal.StartAsync();
        await using var app = await LucitraApp.StartAsync(database, portal.Settings);
        portal.Put("contacts", 1, ("firstname", "Ada"));
        portal.Put("deals", 9, ("dealname", "Stays"));
        portal.Link(8, 1);
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1), HubSpotFact.Created("deal", 8), HubSpotFact.Created("deal", 9));
        foreach (var (deal, isRemoved, at) in new[] { (8, "false", 30), (9, "false", 30), (9, "true", 60) })
        {
            await app.AcceptsAsync($$"""[{"portalId":21478362,"occurredAt":{{At(at)}},"subscriptionType":"deal.associationChange","associationType":"DEAL_TO_CONTACT","fromObjectId":{{deal}},"toObjectId":1,"associationRemoved":{{isRemoved}}}]""");
            await app.WhenAppliedAsync();
        }

        await WhenReadAsync(app);
        portal.Merge("deals", into: 9, merged: 8);
        portal.Link(9, 1);
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("deal", 9) with { OccurredAt = HubSpotFact.Start.AddSeconds(70) });
        await app.WhenAppliedAsync();
        await WhenReadAsync(app);

        await app.AcceptsAsync($$"""[{"portalId":21478362,"occurredAt":{{At(80)}},"subscriptionType":"deal.merge","primaryObjectId":9,"mergedObjectIds":[8]}]""");
        await app.WhenAppliedAsync();
        await WhenReadAsync(app);

        Assert.Equal("SUPERSEDED: this merge is known", (await app.EventsAsync())[^1].Reason);
        Assert.Equal("Ada", (await app.InDatabaseAsync(db => db.Deals.Include(one => one.Contacts).SingleAsync(one => one.MergedIntoId == null))).Contacts.Single().FirstName);

        static long At(int afterSeconds) => HubSpotFact.Start.AddSeconds(afterSeconds).ToUnixTimeMilliseconds();
    }

    [SkippableTheory, BothDatabases]
    public async Task What_was_asked_for_while_HubSpot_was_down_or_being_read_is_read_afterwards(string database)
    {
        await using var portal = await FakePortal.StartAsync();
        await using var app = await LucitraApp.StartAsync(database, portal.Settings);
        portal.Put("contacts", 1, ("jobtitle", "Before"));
        portal.OnCall = call => Task.FromResult<int?>(call.Contains(BatchRead, StringComparison.Ordinal) ? 502 : null);
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1));
        await Eventually.IsTrueAsync(() => Task.FromResult(portal.CallsOf(BatchRead) >= 4));
        Assert.Equal(1, await app.InDatabaseAsync(db => db.RecordReads.CountAsync()));

        var (reading, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        portal.OnCall = async call =>
        {
            if (call.Contains(BatchRead, StringComparison.Ordinal) && reading.TrySetResult())
                await goOn.Task;
            return null;
        };
        await reading.Task;
        await app.HubSpot.DeliverAsync(new HubSpotFact("contact.restore", 1));
        await app.WhenAppliedAsync();
        var calls = portal.CallsOf(BatchRead);
        goOn.SetResult();
        await WhenReadAsync(app);
        Assert.True(portal.CallsOf(BatchRead) > calls, "read again");
        Assert.Equal("Before", await app.InDatabaseAsync(db => db.Contacts.Select(one => one.JobTitle).SingleAsync()));
    }

    [SkippableTheory, BothDatabases]
    public async Task Links_that_change_while_they_are_read_are_read_again_when_HubSpot_shows_them_for_certain(string database)
    {
        const string LinksRead = "/associations/";
        var lag = TimeSpan.FromMinutes(1);
        await using var portal = await FakePortal.StartAsync();
        var settings = new Dictionary<string, string?>(portal.Settings) { ["HubSpot:Sync:LinkLag"] = lag.ToString() };
        await using var app = await LucitraApp.StartAsync(database, settings);
        portal.Put("deals", 9, ("dealname", "Deal"));
        var (reading, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        portal.OnCall = async call =>
        {
            if (call.Contains(LinksRead, StringComparison.Ordinal) && reading.TrySetResult())
                await goOn.Task;
            return null;
        };
        await app.HubSpot.DeliverAsync(new HubSpotFact("deal.restore", 9));
        await app.WhenAppliedAsync();
        await app.InDatabaseAsync(db => db.RecordReads.ExecuteUpdateAsync(set => set.SetProperty(read => read.DueAt, HubSpotFact.Start.UtcDateTime)));
        await reading.Task;

        await app.HubSpot.DeliverAsync(new HubSpotFact("deal.restore", 9) { OccurredAt = HubSpotFact.Start.AddSeconds(90) });
        await app.WhenAppliedAsync();
        var told = TimeProvider.System.GetUtcNow().UtcDateTime;
        goOn.SetResult();

        await Eventually.IsTrueAsync(() => app.InDatabaseAsync(db => db.RecordReads.AnyAsync(read => read.DueAt >= told + lag)));
    }

    private static Task WhenReadAsync(LucitraApp app) => Eventually.IsTrueAsync(() => app.InDatabaseAsync(async db => !await db.RecordReads.AnyAsync()));
}
