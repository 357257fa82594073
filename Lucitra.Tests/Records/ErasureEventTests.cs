using Lucitra.Graph.Timeline;
using Lucitra.Tests.Support;
using Lucitra.Tests.Webhooks;
using Lucitra.Webhooks.Erasure;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Records;

/// <summary>What is left of a person whose data HubSpot had deleted: nothing that leads to them.</summary>
public sealed class ErasureEventTests
{
    private const long Person = 508369441020;
    private const string Address = "erase.me@person.example";

    [SkippableTheory, BothDatabases]
    public async Task An_erased_person_is_nowhere_in_the_database(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(
            HubSpotFact.Changed("contact", Person, "email", Address),
            HubSpotFact.Changed("contact", Person, "hobby", "fencing-and-chess"),
            HubSpotFact.Changed("deal", 7, "dealname", "Boat"),
            HubSpotFact.Changed("contact", 1, "firstname", "Neighbour"));
        await app.AcceptsAsync(Association("deal.associationChange", "DEAL_TO_CONTACT", 7, Person));
        await app.WhenAppliedAsync();
        var before = await app.InDatabaseAsync(db => db.Contacts.SingleAsync(contact => contact.Email == Address));
        Assert.NotEmpty(await DatabaseText.WithAsync(app, "fencing-and-chess"));

        await app.DeliverAsync("03b-contact-privacy-deletion-first", "03c-contact-deletion-twin-of-privacy-deletion");
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("contact", Person, "email", Address, afterSeconds: 9_999));
        await app.WhenAppliedAsync();

        Assert.Empty(await DatabaseText.WithAsync(app, $"{Person}", Address, "fencing-and-chess"));
        Assert.Equal(1, await app.InDatabaseAsync(db => db.ErasedObjects.CountAsync()));
        var shell = await app.InDatabaseAsync(db => db.Contacts.SingleAsync(contact => contact.Id == before.Id));
        Assert.Equal((null, null, null, true), (shell.HubSpotId, shell.PortalId, shell.Email, shell.ArchivedAt is not null));
        Assert.Empty(await app.InDatabaseAsync(db => db.DealContacts.ToListAsync()));
        Assert.Equal(RecordChangeKind.Erased, (await app.InDatabaseAsync(db => db.RecordChanges.Where(change => change.RecordId == before.Id).ToListAsync()))[^1].Kind);
        Assert.Equal("Neighbour", (await app.ContactAsync(1)).FirstName);
    }

    [SkippableTheory, BothDatabases(1, 2, 3, 4)]
    public async Task Erasure_and_deletion_come_to_the_same_in_any_order(string database, int seed)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("contact", Person, "email", Address));

        await app.DeliverShuffledAsync(seed, "03a-contact-deletion", "03b-contact-privacy-deletion-first", "03c-contact-deletion-twin-of-privacy-deletion");

        Assert.Empty(await DatabaseText.WithAsync(app, $"{Person}", Address));
        Assert.Equal(1, await app.InDatabaseAsync(db => db.ErasedObjects.CountAsync()));
        Assert.Equal(3, await app.InDatabaseAsync(db => db.Contacts.CountAsync(contact => contact.HubSpotId != null && contact.ArchivedAt != null)));
    }

    [SkippableTheory, BothDatabases]
    public async Task Events_of_an_erased_person_are_kept_once_and_say_nothing(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("03b-contact-privacy-deletion-first");
        var late = HubSpotFact.Changed("contact", Person, "email", Address);

        await app.HubSpot.DeliverAsync(late, late);
        await app.HubSpot.DeliverAsync(late);
        await app.DeliverAsync("03b-contact-privacy-deletion-first");

        var rows = await app.EventsAsync();
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Equal(("{}", null, null), (row.Raw, row.ObjectId, row.PropertyName)));
        Assert.Equal((WebhookEventStatus.Ignored, InboxErasure.Reason), (rows[1].Status, rows[1].Reason));
        Assert.Empty(await app.InDatabaseAsync(db => db.Contacts.ToListAsync()));
    }

    [SkippableTheory, BothDatabases(false, true)]
    public async Task All_ids_and_all_merged_records_of_the_person_are_erased_whether_the_merge_is_told_before_or_after(string database, bool isMergeFirst)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(
            HubSpotFact.Changed("contact", 9_000_000_001, "email", "old.one@person.example"),
            HubSpotFact.Changed("contact", 9_000_000_002, "email", "old.two@person.example"));
        await app.WhenAppliedAsync();
        string[] bodies =
        [
            $$"""[{"portalId":21478362,"occurredAt":{{At(60)}},"subscriptionType":"contact.merge","primaryObjectId":9000000001,"mergedObjectIds":[9000000002],"newObjectId":9000000003}]""",
            $$"""[{"portalId":21478362,"occurredAt":{{At(90)}},"subscriptionType":"contact.privacyDeletion","objectId":9000000003}]""",
        ];

        foreach (var body in isMergeFirst ? bodies : bodies.Reverse())
        {
            await app.AcceptsAsync(body);
            await app.WhenAppliedAsync();
        }

        // HubSpot tells everything again.
        foreach (var body in bodies)
            await app.AcceptsAsync(body);
        await app.WhenAppliedAsync();

        Assert.Equal(4, (await app.EventsAsync()).Count);
        Assert.Empty(app.Errors.Errors);
        Assert.Empty(await DatabaseText.WithAsync(app, "900000000", "person.example"));
        Assert.Equal(3, await app.InDatabaseAsync(db => db.ErasedObjects.CountAsync()));
        Assert.Empty(await app.InDatabaseAsync(db => db.HubSpotRecords.ToListAsync()));
    }

    private static long At(int afterSeconds) => HubSpotFact.Start.AddSeconds(afterSeconds).ToUnixTimeMilliseconds();

    private static string Association(string type, string association, long from, long to) =>
        $$"""[{"portalId":21478362,"occurredAt":{{At(30)}},"subscriptionType":"{{type}}","associationType":"{{association}}","fromObjectId":{{from}},"toObjectId":{{to}},"associationRemoved":false}]""";
}
