using Lucitra.Graph.Records;
using Lucitra.Graph.WriteBack;
using Lucitra.Tests.Support;
using Lucitra.Tests.Twin;
using Lucitra.Tests.Webhooks;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.WriteBack;

/// <summary>What is written here is in HubSpot soon after, once, and what HubSpot tells of it changes nothing more.</summary>
public sealed class WriteBackTests
{
    [SkippableTheory, BothDatabases]
    public async Task Contacts_deals_and_links_reach_hubspot_and_their_echoes_change_nothing(string database)
    {
        await using var rig = await WriteBackRig.StartAsync(database);

        var ada = await rig.MutateAsync("createContact", new { email = "ada@example.com", firstName = "Ada" });
        var plan = await rig.MutateAsync("createDeal", new { name = "Annual plan", amount = 12500, contactId = ada });
        await rig.SettledAsync();
        await rig.MutateAsync("updateContact", new { id = ada, phone = "+49 30 1234", firstName = (string?)null });
        await rig.MutateAsync("moveDealToStage", new { id = plan, stageId = "closedwon" });
        await rig.SettledAsync();

        var (contact, deal) = (rig.Portal.Contacts.Live.Values.Single(), rig.Portal.Deals.Live.Values.Single());
        Assert.Equal("+49 30 1234", contact.Properties["phone"]);
        Assert.Null(contact.Properties.GetValueOrDefault("firstname"));
        Assert.Equal(("12500", "closedwon"), (deal.Properties["amount"], deal.Properties["dealstage"]));
        Assert.Equal((contact.Id, deal.Id), Assert.Single(rig.Portal.Links.Select(link => (link.ContactId, link.DealId))));
        Assert.Equal("SYNCED", (await rig.ReadAsync(ada)).Text("hubSpotSync.state"));
        Assert.Equal(contact.Id, WriteBackRig.IdOf(await rig.ReadAsync(ada)));
        await rig.AssertEqualAsync();

        // Each record is there once, and each of the four writes is its only change.
        Assert.Equal((1, 1), await rig.App.InDatabaseAsync(async db => (await db.Contacts.CountAsync(), await db.Deals.CountAsync())));
        var changes = await rig.App.InDatabaseAsync(db => db.RecordChanges.AsNoTracking().ToListAsync());
        string[] written = ["email", "firstname", "phone", "dealname", "amount", "pipeline", "dealstage", "closedate", "contacts"];
        Assert.DoesNotContain(
            changes.Where(change => change.Source != "LUCITRA_API").SelectMany(change => change.Fields), field => written.Contains(field.Field));
        var echoes = await rig.App.InDatabaseAsync(db => db.WebhookEvents.AsNoTracking().Where(row => row.PropertyName == "phone" || row.PropertyName == "amount").ToListAsync());
        Assert.All(echoes, row => Assert.Equal((WebhookEventStatus.Superseded, "ECHO: HubSpot tells what was written from here"), (row.Status, row.Reason)));
        Assert.Equal(2, echoes.Count);

        await rig.MutateAsync("unlinkContactFromDeal", new { dealId = plan, contactId = ada });
        await rig.MutateAsync("archiveContact", new { id = ada });
        await rig.SettledAsync();
        Assert.Empty(rig.Portal.Links);
        Assert.Equal(contact.Id, Assert.Single(rig.Portal.Contacts.Archived.Keys));
        await rig.AssertEqualAsync();
        Assert.Empty(rig.App.Errors.Errors);
    }

    [SkippableTheory, BothDatabases]
    public async Task What_hubspot_refuses_stays_as_a_state_of_the_record_until_somebody_decides(string database)
    {
        await using var rig = await WriteBackRig.StartAsync(database, contactsAtStart: 3);
        var taken = rig.Portal.Contacts.Live.Values.First(contact => contact.Properties.GetValueOrDefault("email") is not null);

        var second = await rig.MutateAsync("createContact", new { email = taken.Properties["email"] });
        var wrong = await rig.MutateAsync("createContact", new { email = "eve@example.com", lifecycleStage = "no such stage" });
        var conflict = await rig.ReachesAsync(second, "REFUSED");
        var invalid = await rig.ReachesAsync(wrong, "REFUSED");

        Assert.Equal(("CONFLICT", $"{taken.Id}"), (conflict.Text("hubSpotSync.error.code"), conflict.Text("hubSpotSync.error.conflictingHubSpotId")));
        Assert.Equal(("VALIDATION", "lifecyclestage"), (invalid.Text("hubSpotSync.error.code"), invalid.Text("hubSpotSync.error.properties.0")));
        var refused = await rig.App.QueryAsync("""{ contacts(where: { hubSpotSync: { state: { eq: REFUSED }, errorCode: { eq: CONFLICT } } }) { nodes { email } } }""");
        Assert.Equal([taken.Properties["email"]], refused.Texts("contacts.nodes", "email"));

        await rig.MutateAsync("updateContact", new { id = second, email = "second@example.com" });
        await rig.MutateAsync("updateContact", new { id = wrong, lifecycleStage = "lead" });
        await rig.ReachesAsync(second, "SYNCED");
        await rig.ReachesAsync(wrong, "SYNCED");
        await rig.SettledAsync();
        await rig.MutateAsync("updateContact", new { id = second, leadStatus = "NO_SUCH_STATUS", firstName = "Second" });
        await rig.ReachesAsync(second, "REFUSED");
        await rig.MutateAsync("retryContactSync", new { id = second });
        await rig.ReachesAsync(second, "REFUSED");
        await rig.MutateAsync("takeContactFromHubSpot", new { id = second });
        await rig.ReachesAsync(second, "SYNCED");
        await rig.SettledAsync();

        Assert.Null((await rig.ReadAsync(second)).Text("firstName"));
        Assert.Equal("lead", rig.Portal.Contacts.Live[WriteBackRig.IdOf(await rig.ReadAsync(wrong))].Properties["lifecyclestage"]);

        // What stood in the way is known here, too.
        Assert.True(await rig.App.InDatabaseAsync(db => db.Contacts.AnyAsync(contact => contact.HubSpotId == $"{taken.Id}")));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_record_whose_creation_was_answered_by_nobody_is_not_created_again(string database)
    {
        await using var rig = await WriteBackRig.StartAsync(database);
        (rig.Twin.Faults.ServerError, rig.Twin.Faults.Reset, rig.Twin.Faults.SearchLag) = (0.5, 0.3, TimeSpan.FromMilliseconds(300));

        var contacts = Enumerable.Range(0, 8).Select(i => rig.MutateAsync("createContact", new { email = $"c{i}@example.com", firstName = $"C{i}" }));
        var deals = Enumerable.Range(0, 8).Select(i => rig.MutateAsync("createDeal", new { name = $"Deal {i}", amount = i }));
        var ids = await Task.WhenAll(contacts.Concat(deals));
        await Eventually.IsTrueAsync(() => rig.App.InDatabaseAsync(db => db.HubSpotSyncs.AnyAsync(row => row.Attempts > 1)));
        rig.Twin.Faults.Heal();
        foreach (var id in ids)
            await rig.ReachesAsync(id, "SYNCED");
        await rig.SettledAsync();

        Assert.Equal((8, 8), (rig.Portal.Contacts.Live.Count, rig.Portal.Deals.Live.Count));
        Assert.Equal((8, 8), await rig.App.InDatabaseAsync(async db => (await db.Contacts.CountAsync(), await db.Deals.CountAsync())));
        await rig.AssertEqualAsync();
    }

    [SkippableTheory, BothDatabases]
    public async Task A_lost_creation_is_found_although_others_have_told_of_it(string database)
    {
        await using var rig = await WriteBackRig.StartAsync(database);
        var since = TimeProvider.System.GetUtcNow().UtcDateTime;
        var deal = await rig.MutateAsync("createDeal", new { name = "Annual plan", amount = 12 });
        await rig.ReachesAsync(deal, "SYNCED");
        await rig.SettledAsync();

        // Of one that is bound to a record from here there is nothing to find; of one that HubSpot only told of there is.
        Assert.Null(await FindCreatedAsync(rig, since, "12"));
        await rig.App.InDatabaseAsync(async db =>
        {
            var record = await db.Deals.SingleAsync();
            record.Stamps = new(record.Stamps) { [LifeStamps.Created] = record.Stamps[LifeStamps.Created] with { Source = Stamp.ReadSource } };
            return await db.SaveChangesAsync();
        });
        Assert.Equal((await rig.ReadAsync(deal)).Text("hubSpotId"), (await FindCreatedAsync(rig, since, "12"))?.Id);
        Assert.Null(await FindCreatedAsync(rig, since, "13", ("description", "another")));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_lost_creation_is_found_although_it_was_archived_or_merged_since(string database)
    {
        await using var rig = await WriteBackRig.StartAsync(database);
        using var hubSpot = new TwinClient(rig.Twin);
        var since = TimeProvider.System.GetUtcNow().UtcDateTime;
        var archived = await hubSpot.CreateAsync("deals", new { dealname = "Annual plan", amount = "12" });
        await hubSpot.DeleteAsync($"/crm/v3/objects/deals/{archived}");

        // More than one call reads.
        for (var i = 0; i < 110; i++)
            await hubSpot.CreateAsync("deals", new { dealname = $"Later plan {i}" });
        await rig.SettledAsync();
        Assert.Equal($"{archived}", (await FindCreatedAsync(rig, since, "12"))?.Id);

        var merged = await hubSpot.CreateAsync("deals", new { dealname = "Annual plan", amount = "34" });
        var other = await hubSpot.CreateAsync("deals", new { dealname = "Another plan" });
        var answer = await hubSpot.PostAsync("/crm/v3/objects/deals/merge", new { primaryObjectId = $"{merged}", objectIdToMerge = $"{other}" });
        await rig.SettledAsync();
        Assert.Equal((string)answer.Body!["id"]!, (await FindCreatedAsync(rig, since, "34"))?.Id);
    }

    [SkippableTheory, BothDatabases]
    public async Task Webhooks_that_come_before_the_answer_make_no_second_record(string database)
    {
        await using var rig = await WriteBackRig.StartAsync(database);
        (rig.Twin.Faults.Slow, rig.Twin.Faults.SlowFor) = (1, TimeSpan.FromSeconds(2));

        var ada = await rig.MutateAsync("createContact", new { email = "ada@example.com", firstName = "Ada" });
        await Eventually.IsTrueAsync(() => rig.App.InDatabaseAsync(db => db.WebhookEvents.AnyAsync(row => row.Reason!.StartsWith("WAITING"))));
        rig.Twin.Faults.Heal();
        await rig.ReachesAsync(ada, "SYNCED");
        await rig.SettledAsync();

        Assert.Equal(1, await rig.App.InDatabaseAsync(db => db.Contacts.CountAsync()));
        var reasons = await rig.App.InDatabaseAsync(db => db.WebhookEvents.Select(row => row.Reason).Distinct().ToListAsync());
        Assert.Equal(["ECHO: HubSpot tells what was written from here"], reasons);
        await rig.AssertEqualAsync();
    }

    [SkippableTheory, BothDatabases]
    public async Task A_second_record_that_webhooks_made_is_merged_into_the_one_that_was_written(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var ada = Crm.Contact("ada@example.com");
        await app.AddAsync(ada);
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 777), HubSpotFact.Changed("contact", 777, "jobtitle", "Countess"));
        await app.WhenAppliedAsync();

        Assert.True(await BindAsync(app, ada.Id, 777));
        var all = await app.InDatabaseAsync(db => db.Contacts.AsNoTracking().ToListAsync());
        Assert.Equal(("777", "Countess"), (all.Single(one => one.Id == ada.Id).HubSpotId, all.Single(one => one.Id == ada.Id).JobTitle));
        Assert.Equal(ada.Id, all.Single(one => one.Id != ada.Id).MergedIntoId);
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("contact", 777, "phone", "1", afterSeconds: 5));
        await app.WhenAppliedAsync();
        Assert.Equal("1", await app.InDatabaseAsync(db => db.Contacts.Where(one => one.Id == ada.Id).Select(one => one.Phone).SingleAsync()));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_record_that_was_merged_before_its_creation_is_answered_has_the_name_of_the_survivor(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var ada = Crm.Contact("ada@example.com");
        await app.AddAsync(ada);
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 777), HubSpotFact.Created("contact", 778));
        await app.AcceptsAsync("""[{"portalId":21478362,"occurredAt":1759653010000,"subscriptionType":"contact.merge","primaryObjectId":778,"mergedObjectIds":[777],"newObjectId":779}]""");
        await app.WhenAppliedAsync();

        Assert.True(await BindAsync(app, ada.Id, 777));
        Assert.Equal("779", await app.InDatabaseAsync(db => db.Contacts.Where(one => one.Id == ada.Id).Select(one => one.HubSpotId).SingleAsync()));
        Assert.Equal([ada.Id], await app.InDatabaseAsync(db => db.HubSpotRecords.Select(name => name.RecordId).Distinct().ToListAsync()));
    }

    [SkippableTheory, BothDatabases]
    public async Task Of_two_writers_the_later_wins_and_the_other_is_told(string database)
    {
        await using var rig = await WriteBackRig.StartAsync(database);
        using var user = new TwinClient(rig.Twin);
        var ada = await rig.MutateAsync("createContact", new { email = "ada@example.com", firstName = "Ada", phone = "1" });
        await rig.ReachesAsync(ada, "SYNCED");
        await rig.SettledAsync();

        // HubSpot is away while both write; its webhooks tell of the user's write, by a clock that is 40 seconds behind.
        (rig.Twin.Faults.Migrating, rig.Twin.Faults.MigratingFor) = (true, TimeSpan.FromSeconds(1));
        await rig.MutateAsync("updateContact", new { id = ada, firstName = "Lovelace", phone = "2" });
        var at = TimeProvider.System.GetUtcNow().AddSeconds(30);
        var hubSpotId = WriteBackRig.IdOf(await rig.ReadAsync(ada));
        await rig.App.HubSpot.DeliverAsync(
            new HubSpotFact("contact.propertyChange", hubSpotId) { Property = "firstname", Value = "Augusta", OccurredAt = at },
            new HubSpotFact("contact.propertyChange", hubSpotId) { Property = "phone", Value = "0", OccurredAt = at.AddHours(-1) });
        await rig.App.WhenAppliedAsync();

        var waiting = await rig.ReadAsync(ada);
        Assert.Equal(("Augusta", "2", "PENDING"), (waiting.Text("firstName"), waiting.Text("phone"), waiting.Text("hubSpotSync.state")));
        rig.Twin.Faults.Heal();
        await rig.MutateAsync("retryContactSync", new { id = ada });
        var synced = await rig.ReachesAsync(ada, "SYNCED");
        Assert.Equal(["firstname"], synced.At("hubSpotSync.overtaken").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("2", rig.Portal.Contacts.Live[hubSpotId].Properties["phone"]);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_write_of_the_same_app_with_another_value_counts_like_any_other(string database)
    {
        await using var rig = await WriteBackRig.StartAsync(database);
        var ada = await rig.MutateAsync("createContact", new { email = "ada@example.com", firstName = "Ada" });
        await rig.ReachesAsync(ada, "SYNCED");
        await rig.SettledAsync();

        using var app = new TwinClient(rig.Twin);
        var hubSpotId = WriteBackRig.IdOf(await rig.ReadAsync(ada));
        await app.PatchAsync($"/crm/v3/objects/contacts/{hubSpotId}", new { properties = new { firstname = "Augusta" } });
        await rig.SettledAsync();

        Assert.Equal("Augusta", (await rig.ReadAsync(ada)).Text("firstName"));
        await rig.AssertEqualAsync();
    }

    [SkippableTheory, BothDatabases]
    public async Task A_record_that_hubspot_deleted_meanwhile_is_told_to_be_gone(string database)
    {
        await using var rig = await WriteBackRig.StartAsync(database);
        var ada = await rig.MutateAsync("createContact", new { email = "ada@example.com" });
        await rig.ReachesAsync(ada, "SYNCED");
        await rig.SettledAsync();
        await rig.Twin.Sender.PauseAsync();
        using var user = new TwinClient(rig.Twin);
        await user.DeleteAsync($"/crm/v3/objects/contacts/{WriteBackRig.IdOf(await rig.ReadAsync(ada))}");

        await rig.MutateAsync("updateContact", new { id = ada, firstName = "Ada" });
        var gone = await rig.ReachesAsync(ada, "REFUSED");
        Assert.Equal("GONE", gone.Text("hubSpotSync.error.code"));
        rig.Twin.Sender.Resume();
        await rig.SettledAsync();
        Assert.NotNull((await rig.ReadAsync(ada)).Text("archivedAt"));
        await rig.MutateAsync("restoreContact", new { id = ada });
        Assert.Equal("NOT_RESTORABLE", (await rig.ReachesAsync(ada, "REFUSED")).Text("hubSpotSync.error.code"));
    }

    private static Task<bool> BindAsync(LucitraApp app, Guid contactId, long objectId) => app.Services.GetRequiredService<InboxTransactions>().RunAsync(
        async (services, token) =>
        {
            var contacts = services.GetServices<IOutgoingRecords>().Single(kind => kind.ObjectType == "contact");
            var record = (await contacts.FindAsync(contactId, token))!.Record;
            return await contacts.BindAsync(record, new RecordKey(21_478_362, objectId), Crm.Start, token);
        },
        CancellationToken.None);

    private static async Task<HubSpotObject?> FindCreatedAsync(WriteBackRig rig, DateTime since, string amount, params (string Name, string Value)[] others)
    {
        var portal = (await rig.App.Services.GetRequiredService<HubSpotPortals>().FindAsync(rig.Portal.Id, CancellationToken.None))!;
        var with = new[] { ("dealname", "Annual plan"), ("amount", amount) }.Concat(others).ToDictionary(one => one.Item1, one => one.Item2);
        return (await rig.App.Services.GetRequiredService<CreatedRecords>().FindAsync(portal, "deal", [new LostCreation(since, with)], CancellationToken.None)).Values.SingleOrDefault();
    }
}
