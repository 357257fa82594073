using System.Text;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Schema;

public sealed class NodeTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_record_is_found_by_its_id_in_either_alphabet(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Crm.Contact("ada", c => c.Id = new Guid("fbefbeff-fffe-7fff-bfff-ffffffffffff")),
            Crm.Deal("old", d => d.ArchivedAt = Crm.Start).In("closedwon"));
        var id = (await app.QueryAsync("{ contacts { nodes { id } } }")).Text("contacts.nodes.0.id")!;
        var standard = Convert.ToBase64String([.. Encoding.UTF8.GetBytes("Contact:"), .. new Guid("fbefbeff-fffe-7fff-bfff-ffffffffffff").ToByteArray()]);
        Assert.NotEqual(id, standard);

        foreach (var spelled in new[] { id, standard, standard.TrimEnd('=') })
        {
            var data = await app.QueryAsync(
                "query($id: ID!) { node(id: $id) { __typename id ... on Contact { email } } contactById(id: $id) { email } nodes(ids: [$id]) { id } }",
                new { id = spelled });
            Assert.Equal(
                $$"""{"node":{"__typename":"Contact","id":"{{id}}","email":"ada"},"contactById":{"email":"ada"},"nodes":[{"id":"{{id}}"}]}""", data.GetRawText());
        }

        var archived = (await app.QueryAsync("{ deals(where: {archivedAt: {neq: null}}) { nodes { id } } }")).Text("deals.nodes.0.id");
        var found = await app.QueryAsync(
            "query($id: ID!) { dealById(id: $id) { name archivedAt stage { id hubSpotId } } node(id: $id) { ... on Deal { name } } }", new { id = archived });
        Assert.Equal(("old", "2026-10-05T08:30:00Z", "old"), (found.Text("dealById.name"), found.Text("dealById.archivedAt"), found.Text("node.name")));

        var stage = await app.QueryAsync("query($id: ID!) { node(id: $id) { ... on DealStage { label } } }", new { id = found.Text("dealById.stage.id") });
        Assert.Equal("Closed Won", stage.Text("node.label"));
    }

    [SkippableTheory, BothDatabases]
    public async Task An_id_that_cannot_be_found_says_why(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var unknown = Id("Contact:", new byte[16]);
        var deal = Id("Deal:", new byte[16]);

        Assert.Equal("""{"contactById":null,"node":null}""", (await app.QueryAsync($"{{ contactById(id: \"{unknown}\") {{ id }} node(id: \"{unknown}\") {{ id }} }}")).GetRawText());

        foreach (var (field, message) in new[]
        {
            ("contactById(id: \"abc\")", "The node ID string has an invalid format."),
            ($"contactById(id: \"{deal}\")", "The node id type name `Deal` does not match the expected type name `Contact`."),
            ("node(id: \"abc\")", "The node ID string has an invalid format."),
            ($"node(id: \"{Id("Contact:", [1, 2])}\")", "The node ID string has an invalid format."),
            ($"node(id: \"{Id("Pipeline:", [0])}\")", "The node ID string has an invalid format."),
            ("node(id: \"Rm9vOjE=\")", "There is no node resolver registered for type `Foo`."),
            ($"node(id: \"{Id("Query:", new byte[16])}\")", "There is no node resolver registered for type `Query`."),
        })
        {
            var answer = await app.ExecuteAsync($"{{ it: {field} {{ id }} }}");
            Assert.Equal((message, "null"), (answer.Text("errors.0.message"), answer.At("data.it").GetRawText()));
        }

        Assert.Empty(app.Errors.Errors);
    }

    [SkippableTheory, BothDatabases]
    public async Task Nodes_come_in_the_order_of_their_ids(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Crm.Contact("ada"), Crm.Deal("deal"));
        var data = await app.QueryAsync("{ contacts { nodes { id } } deals { nodes { id } } }");
        var (contact, deal) = (data.Text("contacts.nodes.0.id"), data.Text("deals.nodes.0.id"));

        var nodes = await app.QueryAsync("query($ids: [ID!]!) { nodes(ids: $ids) { __typename } }", new { ids = new[] { deal, Id("Contact:", new byte[16]), contact, deal } });
        Assert.Equal(["Deal", null, "Contact", "Deal"], nodes.Texts("nodes", "__typename"));
        Assert.Equal("[]", (await app.QueryAsync("{ nodes(ids: []) { id } }")).At("nodes").GetRawText());

        var tooMany = await app.ExecuteAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids = Enumerable.Repeat(contact, 101) });
        Assert.Equal(("HC0076", "null"), (tooMany.ErrorCode(), tooMany.At("data").GetRawText()));
        Assert.Equal(
            "The maximum number of nodes that can be fetched at once is 100. This selection tried to fetch 101 nodes that exceeded the maximum allowed amount.",
            tooMany.Text("errors.0.message"));
    }

    private static string Id(string type, byte[] key) => Convert.ToBase64String([.. Encoding.UTF8.GetBytes(type), .. key]);
}
