using Lucitra.Tests.Support;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Lucitra.Webhooks.Queue;

namespace Lucitra.Tests.Webhooks;

/// <summary>Text and numbers that a database refuses, in every member: kept or dead, and never in the way of what follows.</summary>
public sealed class UnstorableEventTests
{
    private static readonly string[] _members = ["portalId", "appId", "objectId", "objectTypeId", "occurredAt", "eventId", "attemptNumber",
        "subscriptionType", "eventType", "propertyName", "propertyValue", "changeSource", "sourceId", "associationCategory", "fromObjectTypeId"];

    private static readonly string[] _values = ["\"\\u0000\"", "\"a\\u0000.b\\u0000\"", "\"\\ud800\"", "\"a.\\udc00\"", $"\"{new string('n', 300)}\"",
        $"\"a.{new string('n', 300)}\"", "99999999999999999999", "-9223372036854775808", "9223372036854775807", "1e400", "0.5", "0", "-1", "253370764799999", "253402300799999",
        "\"$archived\"", "true", "{\"\\ud800\":1}", "[\"\\u0000\"]", "\"\\uffff\\ufffe\""];

    [SkippableTheory, BothDatabases]
    public async Task Whatever_a_member_holds_the_queue_goes_on(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var elements =
            from type in new[] { "contact.propertyChange", "deal.propertyChange", "object.associationChange", "contact.merge", "contact.mindMeld" }
            from member in _members
            from value in _values
            select Element(type, member, value);
        var names =
            from type in new[] { "contact.propertyChange", "contact.mindMeld" }
            from name in new[] { "\\ud800", "\\u0000", "" }
            select Element(type, name, "1");
        foreach (var batch in elements.Concat(names).Chunk(500))
            await app.AcceptsAsync($"[{string.Join(',', batch)}]");
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1));
        await app.WhenAppliedAsync();

        Assert.Equal("1", (await app.ContactAsync(1)).HubSpotId);
        Assert.All(await app.EventsAsync(), row => Assert.Equal(1, row.Attempts));
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableTheory, BothDatabases]
    public async Task Bytes_that_are_no_text_end_dead(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        byte[] body = [.. "[{\"portalId\":7,\"occurredAt\":5,\"subscriptionType\":\"contact.propertyChange\",\"objectId\":1,\"propertyName\":\"firstname\",\"propertyValue\":\""u8, 0xC3, 0x28, 0xFF, .. "\"}]"u8];
        await app.AcceptsAsync(body);
        await app.WhenAppliedAsync();

        Assert.Equal(WebhookEventStatus.Dead, Assert.Single(await app.EventsAsync()).Status);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_value_at_the_end_of_time_can_be_changed_here_afterwards(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AcceptsAsync("""[{"portalId":7,"occurredAt":253370764799999,"subscriptionType":"contact.propertyChange","objectId":1,"propertyName":"firstname","propertyValue":"Ada"}]""");
        await app.WhenAppliedAsync();

        var updated = await app.QueryAsync("""
            mutation { updateContact(input: { id: "ID", firstName: "Grace" }) { contact { firstName } errors { __typename } } }
            """.Replace("ID", (await app.QueryAsync("{ contacts { nodes { id } } }")).GetProperty("contacts").GetProperty("nodes")[0].GetProperty("id").GetString(), StringComparison.Ordinal));

        Assert.Equal("Grace", updated.GetProperty("updateContact").GetProperty("contact").GetProperty("firstName").GetString());
    }

    [SkippableTheory]
    [BothDatabases("-62135596800000", "253402300799999", "-62135596800001", "9223372036854775807", "0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-05:00")]
    public async Task A_close_date_at_the_ends_of_time_is_kept_in_one_form_or_the_other(string database, string value)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("deal", 1, "closedate", value));
        await app.WhenAppliedAsync();
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("deal", 1, "dealname", "North Wharf", afterSeconds: 1));
        await app.WhenAppliedAsync();

        var deal = await app.DealAsync(1);
        Assert.NotEqual(deal.CloseDate is null, deal.Properties.GetValueOrDefault("closedate") is null);
        Assert.Equal("North Wharf", deal.Name);
        Assert.False((await app.ExecuteAsync("{ deals { nodes { closeDate } } }")).TryGetProperty("errors", out var errors), errors.ToString());
    }

    /// <summary>Reading an element must not throw: there would be no event to fail.</summary>
    [Fact]
    public void Any_bytes_in_the_queue_are_read_without_an_exception()
    {
        var random = new Random(7);
        var bodies = HubSpotFixtures.Names().Where(name => !name.StartsWith("27", StringComparison.Ordinal)).Select(HubSpotFixtures.Body).ToList();
        for (var round = 0; round < 2_000; round++)
        {
            var body = bodies[random.Next(bodies.Count)].ToArray();
            for (var flips = random.Next(1, 6); flips > 0 && body.Length > 0; flips--)
                body[random.Next(body.Length)] = (byte)random.Next(256);

            var events = IncomingEvent.AllOf(new QueuedMessage { Body = body });

            Assert.All(events, one => Assert.NotEqual(one.Fact is null, one.Problem is null));
            Assert.All(events, one => Assert.DoesNotContain('\0', one.ToRow(Guid.Empty).Raw));
        }
    }

    private static string Element(string type, string member, string value)
    {
        var members = new Dictionary<string, string>
        {
            ["portalId"] = "7",
            ["occurredAt"] = "1791189000000",
            ["subscriptionType"] = $"\"{type}\"",
            ["objectId"] = "5",
            ["objectTypeId"] = "\"0-1\"",
            ["propertyName"] = "\"amount\"",
            ["propertyValue"] = "\"1\"",
            ["fromObjectId"] = "1",
            ["toObjectId"] = "2",
            [member] = value,
        };
        return $"{{{string.Join(',', members.Select(one => $"\"{one.Key}\":{one.Value}"))}}}";
    }
}
