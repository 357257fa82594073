using System.Text.Json;
using Lucitra.Tests.Support;
using Lucitra.Tests.Webhooks;

namespace Lucitra.Tests.Inbox;

/// <summary>What the engineer on call reads about events.</summary>
public sealed class WebhookEventQueryTests
{
    private static readonly string[] _columns =
    [
        "id", "key", "portalId", "appId", "objectType", "kind", "objectId", "subscriptionType", "propertyName", "occurredAt", "eventId", "subscriptionId",
        "attemptNumber", "changeSource", "sourceId", "receivedAt", "status", "attempts", "reason", "nextAttemptAt", "processedAt", "traceId",
    ];

    [SkippableTheory, BothDatabases]
    public async Task Every_column_can_be_read_filtered_and_sorted_by(string database)
    {
        await using var app = await WithEventsAsync(database);
        var all = (await app.QueryAsync($"{{ webhookEvents {{ totalCount nodes {{ {string.Join(' ', _columns)} }} }} }}")).At("webhookEvents");
        Assert.Equal(4, all.At("totalCount").GetInt32());

        foreach (var column in _columns)
        {
            foreach (var node in all.At("nodes").EnumerateArray())
            {
                var value = node.At(column);
                var expected = all.At("nodes").EnumerateArray().Count(other => other.At(column).GetRawText() == value.GetRawText());
                Assert.Equal((column, expected), (column, await CountAsync(app, column, value)));
            }

            var ids = new List<string>();
            for (string? after = null; ;)
            {
                var page = (await app.QueryAsync(
                    $"query($after: String) {{ webhookEvents(first: 1, after: $after, order: [{{ {column}: DESC }}]) {{ nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }} }}",
                    new { after })).At("webhookEvents");
                ids.Add(page.Text("nodes.0.id")!);
                if (!page.At("pageInfo.hasNextPage").GetBoolean())
                    break;
                after = page.Text("pageInfo.endCursor");
            }

            Assert.Equal((column, 4), (column, ids.Distinct().Count()));
            Assert.Equal(4, ids.Count);
        }
    }

    [SkippableTheory, BothDatabases]
    public async Task Statuses_are_filtered_by_lists_and_negations(string database)
    {
        await using var app = await WithEventsAsync(database);

        Assert.Equal(3, await CountAsync(app, "{ status: { in: [APPLIED, DEAD] } }"));
        Assert.Equal(1, await CountAsync(app, "{ status: { nin: [APPLIED, DEAD] } }"));
        Assert.Equal(3, await CountAsync(app, "{ status: { neq: IGNORED } }"));
        Assert.Equal(1, await CountAsync(app, "{ reason: { startsWith: \"UNHANDLED_TYPE\" } }"));
    }

    [SkippableTheory, BothDatabases]
    public async Task An_event_has_its_raw_text_and_what_it_changed(string database)
    {
        await using var app = await WithEventsAsync(database);
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("contact", 1, "firstname", "Grace", afterSeconds: 10));
        await app.WhenAppliedAsync();

        var list = await app.QueryAsync(
            "{ webhookEvents(where: { propertyName: { eq: \"firstname\" } }, order: [{ occurredAt: ASC }]) { nodes { id changes { field old new node { id ... on Contact { firstName } } } } } }");
        Assert.Equal(["Ada", "Grace"], list.Texts("webhookEvents.nodes", "changes.0.new"));
        Assert.Equal("Ada", list.Text("webhookEvents.nodes.1.changes.0.old"));

        var id = list.Text("webhookEvents.nodes.1.id");
        var one = await app.QueryAsync(
            "query($id: ID!) { webhookEvent(id: $id) { raw changes { field node { __typename ... on Contact { firstName } } } } node(id: $id) { ... on WebhookEvent { status } } }", new { id });
        using var raw = JsonDocument.Parse(one.Text("webhookEvent.raw")!);
        Assert.Equal("Grace", raw.RootElement.Text("propertyValue"));
        Assert.Equal(("firstname", "Contact", "Grace"), (one.Text("webhookEvent.changes.0.field"), one.Text("webhookEvent.changes.0.node.__typename"), one.Text("webhookEvent.changes.0.node.firstName")));
        Assert.Equal(1, one.At("webhookEvent.changes").GetArrayLength());
        Assert.Equal("APPLIED", one.Text("node.status"));
    }

    [SkippableTheory, BothDatabases]
    public async Task An_event_without_a_record_changed_nothing(string database)
    {
        await using var app = await WithEventsAsync(database);

        var data = await app.QueryAsync("{ webhookEvents(where: { status: { in: [IGNORED, DEAD] } }) { nodes { changes { field } } } }");

        Assert.All(data.At("webhookEvents.nodes").EnumerateArray(), node => Assert.Equal(0, node.At("changes").GetArrayLength()));
    }

    /// <summary>Two applied, one ignored, one dead.</summary>
    private static async Task<LucitraApp> WithEventsAsync(string database)
    {
        var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(
            HubSpotFact.Created("contact", 1), HubSpotFact.Changed("contact", 1, "firstname", "Ada", afterSeconds: 1), HubSpotFact.Created("company", 7));
        await app.AcceptsAsync("[17]");
        await app.WhenAppliedAsync();
        return app;
    }

    private static async Task<int> CountAsync(LucitraApp app, string column, JsonElement value)
    {
        var data = await app.QueryAsync(
            "query($where: WebhookEventFilterInput) { webhookEvents(where: $where) { totalCount } }",
            new { where = new Dictionary<string, object> { [column] = new Dictionary<string, object?> { ["eq"] = value } } });
        return data.At("webhookEvents.totalCount").GetInt32();
    }

    private static async Task<int> CountAsync(LucitraApp app, string where) =>
        (await app.QueryAsync($"{{ webhookEvents(where: {where}) {{ totalCount }} }}")).At("webhookEvents.totalCount").GetInt32();
}
