using Lucitra.Graph.Contacts;
using Lucitra.Graph.Timeline;
using Lucitra.Tests.Support;
using Lucitra.Tests.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Records;

/// <summary>What becomes of records that HubSpot merges, in whatever order its events come.</summary>
public sealed class MergeEventTests
{
    private const long Primary = 508369441101;
    private const long Loser = 508369441102;
    private const long Survivor = 510020030001;
    private const long Last = 510020030009;

    [SkippableTheory, BothDatabases]
    public async Task A_merge_makes_both_ids_stand_for_the_record_that_came_of_it(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        await app.DeliverAsync("04a-contact-merge-new-record-id");

        var survivor = await app.ContactAsync(Survivor);
        Assert.Null(survivor.ArchivedAt);
        Assert.Equal([Primary, Loser, Survivor], await AliasesAsync(app, survivor.Id));
        Assert.All(await MergedAwayAsync(app), merged => Assert.Equal((survivor.Id, true), (merged.MergedIntoId, merged.ArchivedAt is not null)));
    }

    [SkippableTheory, BothDatabases(1, 2, 3, 4)]
    public async Task Late_events_of_merged_ids_reach_the_survivor_in_any_order(string database, int seed)
    {
        await using var app = await LucitraApp.StartAsync(database);

        await app.DeliverShuffledAsync(seed, "04a-contact-merge-new-record-id", "05-events-for-merged-away-ids");

        var survivor = await app.ContactAsync(Survivor);
        Assert.Equal(
            ("+351 21 555 0199", "Head of Ops", "opportunity", null),
            (survivor.Phone, survivor.JobTitle, survivor.LifecycleStage, survivor.ArchivedAt));
        Assert.Equal([Primary, Loser, Survivor], await AliasesAsync(app, survivor.Id));
        Assert.Empty(await app.InDatabaseAsync(db => db.WebhookEvents.Where(row => row.Status == WebhookEventStatus.Dead).ToListAsync()));
    }

    [SkippableTheory, BothDatabases(1, 2, 3, 4)]
    public async Task A_chain_of_merges_is_followed_to_its_end_in_any_order(string database, int seed)
    {
        await using var app = await LucitraApp.StartAsync(database);

        await app.DeliverShuffledAsync(seed, "04a-contact-merge-new-record-id", "05-events-for-merged-away-ids", "05b-merge-chain", "08-deal-creation-and-stage-move");

        var survivor = await app.ContactAsync(Last);
        Assert.Equal([508369441101, 508369441102, 508369441130, Survivor, Last], await AliasesAsync(app, survivor.Id));
        Assert.Equal(("Head of Ops", null), (survivor.JobTitle, survivor.ArchivedAt));
        var deal = await app.DealAsync(332507368001);
        Assert.Equal([(deal.Id, survivor.Id)], (await app.InDatabaseAsync(db => db.DealContacts.ToListAsync())).Select(link => (link.DealId, link.ContactId)));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_merge_without_object_id_takes_several_records_in(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        await app.DeliverAsync("04b-contact-merge-no-object-id-multi");

        var survivor = await app.ContactAsync(510020030002);
        Assert.Equal([508369441110, 508369441111, 508369441112, 508369441113, 510020030002], await AliasesAsync(app, survivor.Id));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_merge_may_keep_its_primary_record(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        await app.DeliverAsync("04c-contact-merge-primary-survives");

        Assert.Equal([508369441120, 508369441121], await AliasesAsync(app, (await app.ContactAsync(508369441120)).Id));
        Assert.Equal([508369441122, 508369441123], await AliasesAsync(app, (await app.ContactAsync(508369441122)).Id));
    }

    [SkippableTheory, BothDatabases(1, 2)]
    public async Task Deals_are_merged_restored_and_deleted_in_any_order(string database, int seed)
    {
        await using var app = await LucitraApp.StartAsync(database);

        await app.DeliverShuffledAsync(seed, "10-deal-merge-restore-deletion", "12-generic-deal-all-kinds");

        var merged = await app.DealAsync(334000010001);
        Assert.Equal([332507368201, 332507368202, 334000010001], await AliasesAsync(app, merged.Id));
        Assert.Equal(HubSpotFact.Start.AddMilliseconds(1791189903000 - HubSpotFact.Start.ToUnixTimeMilliseconds()).UtcDateTime, (await app.DealAsync(332507368203)).ArchivedAt);
        Assert.Null((await app.DealAsync(332507369002)).ArchivedAt);
        Assert.Equal([332507369003, 332507369004, 334000020001], await AliasesAsync(app, (await app.DealAsync(334000020001)).Id));
    }

    [SkippableTheory, BothDatabases]
    public async Task The_survivor_takes_over_the_latest_values_and_the_history_tells_of_the_merge(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(
            HubSpotFact.Changed("contact", 1, "firstname", "Ada", afterSeconds: 5),
            HubSpotFact.Changed("contact", 2, "firstname", "Augusta", afterSeconds: 3),
            HubSpotFact.Changed("contact", 2, "phone", "+44 20 5550 1", afterSeconds: 4));
        await app.WhenAppliedAsync();

        await app.AcceptsAsync($$"""
            [{"eventId":9,"portalId":21478362,"occurredAt":{{HubSpotFact.Start.AddSeconds(9).ToUnixTimeMilliseconds()}},"subscriptionType":"contact.merge",
              "objectId":1,"primaryObjectId":1,"mergedObjectIds":[2],"newObjectId":1}]
            """);
        await app.WhenAppliedAsync();

        var survivor = await app.ContactAsync(1);
        Assert.Equal(("Ada", "+44 20 5550 1"), (survivor.FirstName, survivor.Phone));
        var data = await app.QueryAsync("""
            { contacts(where: { archivedAt: { neq: null } }) { nodes { firstName mergedInto { hubSpotId phone } } } }
            """);
        var merged = Assert.Single(data.GetProperty("contacts").GetProperty("nodes").EnumerateArray());
        Assert.Equal("Augusta", merged.GetProperty("firstName").GetString());
        Assert.Equal("1", merged.GetProperty("mergedInto").GetProperty("hubSpotId").GetString());
        var change = await app.InDatabaseAsync(db => db.RecordChanges.SingleAsync(change => change.Kind == RecordChangeKind.Merged));
        Assert.Equal(("mergedInto", survivor.Id.ToString()), change.Fields.Where(field => field.Field == "mergedInto").Select(field => (field.Field, field.New)).Single());
    }

    private static Task<List<long>> AliasesAsync(LucitraApp app, Guid recordId) => app.InDatabaseAsync(db => db.HubSpotRecords
        .Where(alias => alias.RecordId == recordId).Select(alias => alias.ObjectId).Order().ToListAsync());

    private static Task<List<Contact>> MergedAwayAsync(LucitraApp app) => app.InDatabaseAsync(db => db.Contacts
        .Where(contact => contact.HubSpotId != $"{Survivor}").ToListAsync());
}
