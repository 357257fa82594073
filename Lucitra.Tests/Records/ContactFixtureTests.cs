using Lucitra.Tests.Support;
using Lucitra.Tests.Webhooks;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Records;

/// <summary>What the contact events of the fixtures lead to.</summary>
public sealed class ContactFixtureTests
{
    private const long Known = 508_369_441_001;

    [SkippableTheory, BothDatabases]
    public async Task Properties_told_before_the_creation_are_part_of_the_new_contact(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("01-contact-creation-with-initial-properties");

        var contact = Assert.Single(await app.InDatabaseAsync(db => db.Contacts.AsNoTracking().ToListAsync()));

        var told = WebhookBody.Split(HubSpotFixtures.Body("01-contact-creation-with-initial-properties")).ConvertAll(json => HubSpotEventParser.Parse(json).Fact!);
        Assert.Equal(told[0].OccurredAt, contact.CreatedAt);
        Assert.Equal(told.Single(fact => fact.PropertyName == "email").PropertyValue, contact.Email);
        Assert.Equal(told.Count, contact.Stamps.Count);
        Assert.Equal(1, contact.Version);
        var change = Assert.Single(await app.InDatabaseAsync(db => db.RecordChanges.AsNoTracking().ToListAsync()));
        Assert.Equal(told.Count - 1, change.Fields.Count);
    }

    [SkippableTheory, BothDatabases]
    public async Task Text_of_every_script_is_kept_letter_for_letter(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("02-contact-property-change-unicode");

        foreach (var fact in WebhookBody.Split(HubSpotFixtures.Body("02-contact-property-change-unicode")).ConvertAll(json => HubSpotEventParser.Parse(json).Fact!))
        {
            var contact = await app.ContactAsync(fact.ObjectId!.Value);
            var kept = fact.PropertyName switch
            {
                "firstname" => contact.FirstName,
                "lastname" => contact.LastName,
                "company" => contact.Company,
                var other => contact.Properties[other!],
            };
            Assert.Equal(fact.PropertyValue, kept, StringComparer.Ordinal);
        }

        Assert.Equal("Jose\u0301", (await app.ContactAsync(508_369_441_005)).FirstName);
        Assert.Equal("Caf\u00e9 \U0001F950 & S\u00f6hne \"GmbH\" <Ltd>\\n", (await app.ContactAsync(508_369_441_004)).Company);
        Assert.Equal("line one\nline two\ttabbed\u2028sep", (await app.ContactAsync(508_369_441_006)).Properties["hs_content_note"]);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_deleted_contact_is_archived_with_the_time_of_its_deletion(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("03a-contact-deletion");

        foreach (var fact in WebhookBody.Split(HubSpotFixtures.Body("03a-contact-deletion")).ConvertAll(json => HubSpotEventParser.Parse(json).Fact!))
            Assert.Equal(fact.OccurredAt, (await app.ContactAsync(fact.ObjectId!.Value)).ArchivedAt);
    }

    [SkippableTheory, BothDatabases]
    public async Task The_newer_of_two_values_wins_whichever_comes_first(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("13-out-of-order-pairs");

        Assert.Equal("salesqualifiedlead", (await app.ContactAsync(Known)).LifecycleStage);
        var older = Assert.Single(await app.EventsAsync(), row => row.Raw.Contains("marketingqualifiedlead", StringComparison.Ordinal));
        Assert.Equal(WebhookEventStatus.Superseded, older.Status);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_deletion_that_comes_before_its_creation_keeps_the_contact_archived(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("13-out-of-order-pairs");

        var contact = await app.ContactAsync(508_369_441_301);

        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1_791_190_220_000), contact.ArchivedAt);
        Assert.Equal(DateTime.UnixEpoch.AddMilliseconds(1_791_190_200_000), contact.CreatedAt);
        Assert.Null(contact.Phone);
    }

    [SkippableTheory, BothDatabases]
    public async Task One_object_id_in_two_portals_and_two_types_is_three_records(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("18-several-portals");

        Assert.Equal("dup.id@one.example", (await app.ContactAsync(601)).Email);
        Assert.Equal("dup.id@two.example", (await app.ContactAsync(601, 45_100_877)).Email);
        Assert.Equal(21_478_362, (await app.DealAsync(601)).PortalId);
        Assert.Equal(99_999_999, (await app.ContactAsync(602, 99_999_999)).PortalId);
    }

    [SkippableTheory, BothDatabases]
    public async Task Identifiers_of_64_bits_are_kept_exactly(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("20-large-identifiers", "20b-int64-identifier");

        Assert.Equal("Porto", (await app.ContactAsync(2_147_483_648)).Properties["city"]);
        Assert.Equal("Faro", (await app.ContactAsync(874_716_779_721)).Properties["city"]);
        Assert.Equal("Braga", (await app.ContactAsync(9_007_199_254_740_991)).Properties["city"]);
        Assert.Equal("Viseu", (await app.ContactAsync(9_007_199_254_740_993)).Properties["city"]);
    }

    [SkippableTheory, BothDatabases]
    public async Task An_event_may_name_its_type_in_the_older_member(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("23-legacy-eventtype-key");

        Assert.Equal("subscriber", (await app.ContactAsync(Known)).LifecycleStage);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_stage_cleared_and_set_in_the_next_millisecond_is_set(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("25-lifecycle-and-consent");

        var contact = await app.ContactAsync(Known);

        Assert.Equal("94410234", contact.LifecycleStage);
        Assert.Equal("true", contact.Properties["hs_email_optout"]);
        Assert.Equal("DECISION_MAKER;BUDGET_HOLDER", contact.Properties["hs_buying_role"]);
        Assert.Null(contact.OwnerId);
        Assert.Equal("userId:70114592", contact.Stamps["hubspot_owner_id"].SourceId);
    }

    [SkippableTheory, BothDatabases]
    public async Task An_address_may_move_between_contacts_in_any_order(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AcceptsAsync("""[{"portalId":21478362,"occurredAt":1791191300000,"subscriptionType":"contact.propertyChange","objectId":508369441602,"propertyName":"email","propertyValue":"shared@corp.example"}]""");
        await app.DeliverAsync("26-email-change-and-swap");

        Assert.Equal("shared@corp.example", (await app.ContactAsync(508_369_441_601)).Email);
        Assert.Equal("old.owner@corp.example", (await app.ContactAsync(508_369_441_602)).Email);
        Assert.Equal("UPPER.Case@Corp.Example", (await app.ContactAsync(508_369_441_603)).Email);
    }

    [SkippableTheory, BothDatabases]
    public async Task The_longest_text_is_kept_whole(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("27-max-length-text");
        var told = HubSpotEventParser.Parse(WebhookBody.Split(HubSpotFixtures.Body("27-max-length-text")).Single()).Fact!;

        var contact = await app.ContactAsync(told.ObjectId!.Value);

        Assert.Equal(65_536, told.PropertyValue!.Length);
        Assert.Equal(told.PropertyValue, contact.Properties[told.PropertyName!]);
    }

    [SkippableTheory, BothDatabases]
    public async Task Text_too_long_for_its_column_stays_in_the_properties_until_it_is_short_again(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var longName = new string('n', 501);
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("contact", 1, "firstname", longName), HubSpotFact.Changed("contact", 2, "firstname", longName[..500]));
        await app.WhenAppliedAsync();

        Assert.Null((await app.ContactAsync(1)).FirstName);
        Assert.Equal(longName, (await app.ContactAsync(1)).Properties["firstname"]);
        Assert.Equal(longName[..500], (await app.ContactAsync(2)).FirstName);

        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("contact", 1, "firstname", "Ada", afterSeconds: 1));
        await app.WhenAppliedAsync();
        Assert.Equal("Ada", (await app.ContactAsync(1)).FirstName);
        Assert.Empty((await app.ContactAsync(1)).Properties);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_contact_is_as_old_as_its_earliest_event_even_when_hubspots_clock_runs_ahead(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var ahead = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1) with { OccurredAt = ahead.AddSeconds(1) });
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("contact", 1, "firstname", "Ada") with { OccurredAt = ahead });
        await app.WhenAppliedAsync();

        Assert.Equal(ahead.UtcDateTime, (await app.ContactAsync(1)).CreatedAt);
    }
}
