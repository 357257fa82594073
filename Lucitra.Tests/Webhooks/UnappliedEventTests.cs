using System.Text;
using Lucitra.Tests.Support;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Webhooks;

/// <summary>What nothing here applies is accepted and kept, with its text and a reason.</summary>
public sealed class UnappliedEventTests
{
    [SkippableTheory, BothDatabases]
    public async Task What_is_unknown_is_kept_and_what_is_known_beside_it_applied(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("15-unknowns");

        var rows = await app.EventsAsync();
        Assert.Equal(Elements("15-unknowns"), rows.Select(row => row.Raw).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["conversation.newMessage", "company.creation", "contact.mindMeld", "object.propertyChange"],
            rows.Where(row => row.Status == WebhookEventStatus.Ignored).Select(row => row.SubscriptionType).OrderBy(type => Array.IndexOf(_ignored, type)));
        Assert.All(rows, row => Assert.Equal(row.Status == WebhookEventStatus.Ignored, row.Reason is not null));

        var contact = await app.ContactAsync(508_369_441_001);
        Assert.Equal(("17", "+44 20 7946 0018"), (contact.Properties["zz_custom_score__c"], contact.Phone));
        Assert.Equal(("QUANTUM_AGENT", "agent:7"), (contact.Stamps["city"].Source, contact.Stamps["city"].SourceId));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_redacted_value_never_overwrites_one(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("contact", 508_369_441_001, "passport_number", "X-1"));
        await app.DeliverAsync("16-sensitive-values");

        Assert.Equal("X-1", (await app.ContactAsync(508_369_441_001)).Properties["passport_number"]);
        Assert.Equal(2, (await app.EventsAsync()).Count(row => row.Status == WebhookEventStatus.Ignored && row.Reason!.StartsWith("REDACTED", StringComparison.Ordinal)));
        Assert.Equal(1, await app.InDatabaseAsync(db => db.Contacts.CountAsync()));
    }

    [SkippableTheory, BothDatabases]
    public async Task The_test_button_makes_no_record(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("21-hubspot-test-button", "22-empty-batch");

        var rows = await app.EventsAsync();
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Equal((WebhookEventStatus.Ignored, "TEST_BUTTON: sent from HubSpot's app settings about no record"), (row.Status, row.Reason)));
        Assert.False(await app.InDatabaseAsync(async db => await db.Contacts.AnyAsync() || await db.Deals.AnyAsync()));
    }

    private static readonly string[] _ignored = ["conversation.newMessage", "company.creation", "contact.mindMeld", "object.propertyChange"];

    private static IEnumerable<string> Elements(string fixture) =>
        WebhookBody.Split(HubSpotFixtures.Body(fixture)).ConvertAll(json => Encoding.UTF8.GetString(json.Span)).Order(StringComparer.Ordinal);
}
