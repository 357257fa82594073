using System.Net;
using System.Text;
using Lucitra.Tests.Support;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Webhooks;

/// <summary>What the whole server makes of bodies that are not as they should be; docs/webhooks.md has the table.</summary>
public sealed class RefusedDeliveryTests
{
    [SkippableTheory]
    [BothDatabases("not-an-array", "truncated", "empty", "null", "deep-nesting")]
    public async Task A_body_that_is_no_array_of_events_is_refused_and_leaves_no_trace(string database, string fixture)
    {
        await using var app = await LucitraApp.StartAsync(database);

        Assert.Equal(HttpStatusCode.BadRequest, await app.HubSpot.PostAsync(HubSpotFixtures.Body($"invalid/{fixture}")));

        await LeftNoTraceAsync(app);
    }

    [SkippableTheory]
    [BothDatabases]
    public async Task A_body_too_large_is_refused_and_leaves_no_trace(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var tooMany = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat("{}", 1_001))}]");
        var tooLarge = new byte[(16 * 1024 * 1024) + 1];
        Array.Fill(tooLarge, (byte)' ');
        (tooLarge[0], tooLarge[^1]) = ((byte)'[', (byte)']');

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await app.HubSpot.PostAsync(tooMany));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await app.HubSpot.PostAsync(tooLarge));

        await LeftNoTraceAsync(app);
    }

    [SkippableTheory]
    [BothDatabases]
    public async Task A_body_as_large_as_allowed_is_taken(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var body = new byte[16 * 1024 * 1024];
        Array.Fill(body, (byte)' ');
        var events = HubSpotFixtures.Body("19-import-burst-100");
        events.CopyTo(body, 0);

        await app.AcceptsAsync(body);
        await app.WhenAppliedAsync();

        Assert.Equal(100, (await app.EventsAsync()).Count);
    }

    [SkippableTheory]
    [BothDatabases]
    public async Task A_delivery_with_a_wrong_signature_leaves_no_trace(string database)
    {
        await using var app = await LucitraApp.StartAsync(database, new() { ["HubSpot:ClientSecret"] = "another secret" });

        Assert.Equal(HttpStatusCode.Unauthorized, await app.HubSpot.PostAsync(HubSpotFixtures.Body("01-contact-creation-with-initial-properties")));

        await LeftNoTraceAsync(app);
    }

    [SkippableTheory]
    [BothDatabases]
    public async Task A_body_may_begin_with_a_byte_order_mark(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("invalid/bom-prefixed");

        Assert.Equal("508369441705", (await app.ContactAsync(508_369_441_705)).HubSpotId);
    }

    [SkippableTheory]
    [BothDatabases]
    public async Task A_body_may_hold_more_events_than_hubspot_sends(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("invalid/over-100-events");

        Assert.Equal(137, (await app.EventsAsync()).Count(row => row.Status == WebhookEventStatus.Applied));
    }

    [SkippableTheory]
    [BothDatabases]
    public async Task Elements_that_are_no_events_end_dead_beside_applied_neighbours(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("invalid/mixed-elements");

        var dead = await DeadAsync(app);
        Assert.Equal(["\"x\"", "42", "[]", "null", "{}"], dead.Select(row => row.Raw).Order(StringComparer.Ordinal));
        Assert.Equal("508369441701", (await app.ContactAsync(508_369_441_701)).HubSpotId);
    }

    [SkippableTheory]
    [BothDatabases]
    public async Task Numbers_may_be_text_and_what_cannot_be_read_ends_dead(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("invalid/wrong-types");

        Assert.Equal(["MALFORMED: objectId is missing", "MALFORMED: occurredAt is not a time in Unix milliseconds"], (await DeadAsync(app)).Select(row => row.Reason).Order());
        Assert.Equal("508369441702", (await app.ContactAsync(508_369_441_702)).HubSpotId);
    }

    [SkippableTheory]
    [BothDatabases]
    public async Task An_element_that_names_a_member_twice_is_not_guessed_at(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.DeliverAsync("invalid/duplicate-keys");

        Assert.StartsWith("MALFORMED", Assert.Single(await DeadAsync(app)).Reason, StringComparison.Ordinal);
        Assert.False(await app.InDatabaseAsync(db => db.Contacts.AnyAsync()));
    }

    private static async Task<List<WebhookEvent>> DeadAsync(LucitraApp app)
    {
        var dead = (await app.EventsAsync()).FindAll(row => row.Status == WebhookEventStatus.Dead);
        Assert.All(dead, row => Assert.StartsWith("MALFORMED: ", row.Reason, StringComparison.Ordinal));
        return dead;
    }

    private static async Task LeftNoTraceAsync(LucitraApp app) => Assert.False(await app.InDatabaseAsync(async db =>
        await db.QueuedMessages.AnyAsync() || await db.WebhookEvents.AnyAsync() || await db.Contacts.AnyAsync() || await db.Deals.AnyAsync()));
}
