using System.Text.Json;
using Lucitra.Graph.Schema;
using Lucitra.Tests.Support;
using Lucitra.Tests.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Records;

/// <summary>Links between deals and contacts, told in both directions and before either record is known.</summary>
public sealed class LinkEventTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_link_comes_and_goes_by_the_events_of_either_direction(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1), HubSpotFact.Created("deal", 2));

        await DeliverAsync(app, Link("contact", 1, 2, at: 10));
        Assert.Equal(1, await LinksAsync(app));
        await DeliverAsync(app, Link("deal", 2, 1, at: 20, isRemoved: true));
        Assert.Equal(0, await LinksAsync(app));
        await DeliverAsync(app, Link("deal", 2, 1, at: 15));

        Assert.Equal(0, await LinksAsync(app));
        Assert.Equal(
            [WebhookEventStatus.Applied, WebhookEventStatus.Applied, WebhookEventStatus.Superseded],
            (await app.EventsAsync()).Where(row => row.Kind == "associationChange").Select(row => row.Status));
    }

    [SkippableTheory, BothDatabases(1, 2, 3, 4, 5)]
    public async Task The_last_word_on_a_link_wins_in_any_order(string database, int seed)
    {
        await using var app = await LucitraApp.StartAsync(database);

        await app.DeliverShuffledAsync(seed, "07-contact-deal-association-change", "11-generic-contact-all-kinds", "12-generic-deal-all-kinds", "08-deal-creation-and-stage-move");

        // The plain link of 12 is removed, the labelled one stays; that of 07 is removed whole.
        var deal = await app.DealAsync(332507369001);
        Assert.Equal([deal.Id], await app.InDatabaseAsync(db => db.DealContacts.Select(link => link.DealId).ToListAsync()));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_link_waits_for_both_of_its_records(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        await DeliverAsync(app, Link("contact", 1, 2, at: 10));
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("deal", 2));
        await app.WhenAppliedAsync();
        Assert.Equal(0, await LinksAsync(app));
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1));
        await app.WhenAppliedAsync();

        Assert.Equal(1, await LinksAsync(app));
        var data = await app.QueryAsync("{ contacts { nodes { hubSpotId deals { nodes { hubSpotId } } } } }");
        Assert.Contains("\"deals\":{\"nodes\":[{\"hubSpotId\":\"2\"}]}", data.ToString(), StringComparison.Ordinal);
    }

    [SkippableTheory, BothDatabases]
    public async Task Links_told_while_their_records_are_made_by_other_servers_are_not_missed(string database)
    {
        await using var store = await TestDatabase.CreateAsync(database);
        await using var app = await LucitraApp.StartAsync(store, new() { ["Webhooks:Worker:MessagesPerTransaction"] = "1" });
        await using var other = await LucitraApp.StartAsync(store, new() { ["Webhooks:Worker:MessagesPerTransaction"] = "1" });

        await Task.WhenAll(Enumerable.Range(1, 60).Select(async id =>
        {
            await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", id));
            await other.AcceptsAsync($"[{Link("deal", 1_000 + id, id, at: id)}]");
            await app.HubSpot.DeliverAsync(HubSpotFact.Created("deal", 1_000 + id));
        }));
        await app.WhenAppliedAsync();

        Assert.Equal(60, await LinksAsync(app));
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableTheory, BothDatabases]
    public async Task Links_to_other_kinds_of_record_are_kept_and_ignored(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        await app.DeliverAsync("07-contact-deal-association-change");

        var rows = (await app.EventsAsync()).Where(row => row.RelatedObjectType is "company" or "line_item").ToList();
        Assert.Equal(3, rows.Count);
        Assert.All(rows, row => Assert.StartsWith("UNHANDLED_TYPE: a link of ", row.Reason, StringComparison.Ordinal));
    }

    [SkippableTheory, BothDatabases]
    public async Task The_links_of_a_merged_contact_go_to_the_survivor(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1), HubSpotFact.Created("contact", 2), HubSpotFact.Created("deal", 7));
        await DeliverAsync(app, Link("contact", 2, 7, at: 10));

        await DeliverAsync(app, $$"""{"portalId":21478362,"occurredAt":{{At(20)}},"subscriptionType":"contact.merge","primaryObjectId":1,"mergedObjectIds":[2],"newObjectId":3}""");

        var survivor = await app.ContactAsync(3);
        Assert.Equal([survivor.Id], await app.InDatabaseAsync(db => db.DealContacts.Select(link => link.ContactId).ToListAsync()));
        await DeliverAsync(app, Link("contact", 2, 7, at: 30, isRemoved: true));
        Assert.Equal(0, await LinksAsync(app));
    }

    [SkippableTheory, BothDatabases]
    public async Task Contacts_linked_while_hubspot_merges_them_are_linked_to_the_survivor_or_refused(string database)
    {
        await using var app = await LucitraApp.StartAsync(database, new() { ["Webhooks:Worker:MessagesPerTransaction"] = "1" });
        var contacts = Enumerable.Range(1, 40);
        var deals = contacts.ToDictionary(id => id, id => Crm.Deal($"Plan {id}"));
        await app.AddAsync([.. deals.Values]);
        await app.HubSpot.DeliverAsync([.. contacts.SelectMany(id => new[] { HubSpotFact.Created("contact", id), HubSpotFact.Created("contact", 1_000 + id) })]);
        await app.WhenAppliedAsync();
        var ids = await app.InDatabaseAsync(db => db.Contacts.ToDictionaryAsync(contact => contact.HubSpotId!, contact => contact.Id));

        var linked = await Task.WhenAll(contacts.Select(async id =>
        {
            var merge = app.AcceptsAsync($$"""[{"portalId":21478362,"occurredAt":{{At(20)}},"subscriptionType":"contact.merge","primaryObjectId":{{1_000 + id}},"mergedObjectIds":[{{id}}]}]""");
            var data = await app.QueryAsync(
                "mutation($input: LinkContactToDealInput!) { linkContactToDeal(input: $input) { errors { __typename } } }",
                new { input = new { dealId = NodeIds.For("Deal", typeof(Guid)).Encode(deals[id].Id), contactId = NodeIds.For("Contact", typeof(Guid)).Encode(ids[$"{id}"]) } });
            await merge;
            return data.At("linkContactToDeal.errors").ValueKind == JsonValueKind.Null ? id : 0;
        }));
        await app.WhenAppliedAsync();

        Assert.Equal(
            linked.Where(id => id > 0).Select(id => ids[$"{1_000 + id}"]).Order(),
            await app.InDatabaseAsync(db => db.DealContacts.Select(link => link.ContactId).Order().ToListAsync()));
    }

    private static Task<int> LinksAsync(LucitraApp app) => app.InDatabaseAsync(db => db.DealContacts.CountAsync());

    private static async Task DeliverAsync(LucitraApp app, string element)
    {
        await app.AcceptsAsync($"[{element}]");
        await app.WhenAppliedAsync();
    }

    private static long At(int seconds) => HubSpotFact.Start.AddSeconds(seconds).ToUnixTimeMilliseconds();

    private static string Link(string from, long fromId, long toId, int at, bool isRemoved = false) => $$"""
        {"portalId":21478362,"occurredAt":{{At(at)}},"subscriptionType":"{{from}}.associationChange","associationType":"{{(from == "deal" ? "DEAL_TO_CONTACT" : "CONTACT_TO_DEAL")}}",
         "fromObjectId":{{fromId}},"toObjectId":{{toId}},"associationRemoved":{{(isRemoved ? "true" : "false")}}}
        """;
}
