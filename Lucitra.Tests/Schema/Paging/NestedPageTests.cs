using Lucitra.Graph.Contacts;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Schema.Paging;

public sealed class NestedPageTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_list_in_a_list_pages_filters_and_sorts_by_itself(string database)
    {
        await using var app = await StartAsync(database);

        var data = await app.QueryAsync("""
            {
              contacts(order: [{email: ASC}]) {
                nodes {
                  email
                  cheapest: deals(first: 2, order: [{amount: ASC}]) { totalCount nodes { name } pageInfo { hasNextPage endCursor } }
                  dearest: deals(last: 1, order: [{amount: ASC}]) { nodes { name } pageInfo { hasPreviousPage } }
                  won: deals(where: {isWon: {eq: true}}) { totalCount }
                }
              }
            }
            """);
        Assert.Equal(["ada1", "ada2"], data.Texts("contacts.nodes.0.cheapest.nodes", "name"));
        Assert.Equal(["ben1", "ben2"], data.Texts("contacts.nodes.1.cheapest.nodes", "name"));
        Assert.Empty(data.Texts("contacts.nodes.2.cheapest.nodes", "name"));
        Assert.Equal(["4", "2", "0"], data.Texts("contacts.nodes", "cheapest.totalCount"));
        Assert.Equal(["True", "False", "False"], data.Texts("contacts.nodes", "cheapest.pageInfo.hasNextPage"));
        Assert.Equal(["ada4"], data.Texts("contacts.nodes.0.dearest.nodes", "name"));
        Assert.Equal(["2", "1", "0"], data.Texts("contacts.nodes", "won.totalCount"));

        var next = await app.QueryAsync(
            "query($after: String) { contacts(first: 1, order: [{email: ASC}]) { nodes { deals(first: 2, after: $after, order: [{amount: ASC}]) { nodes { name } pageInfo { hasNextPage } } } } }",
            new { after = data.Text("contacts.nodes.0.cheapest.pageInfo.endCursor") });
        Assert.Equal(["ada3", "ada4"], next.Texts("contacts.nodes.0.deals.nodes", "name"));
        Assert.Equal("False", next.Text("contacts.nodes.0.deals.pageInfo.hasNextPage"));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_cursor_of_the_root_list_is_foreign_to_the_list_in_a_list(string database)
    {
        await using var app = await StartAsync(database);
        var cursor = (await app.QueryAsync("{ deals { edges { cursor } } }")).Text("deals.edges.0.cursor");

        var answer = await app.ExecuteAsync($"{{ contacts(first: 1) {{ nodes {{ deals(after: \"{cursor}\") {{ nodes {{ id }} }} }} }} }}");
        Assert.Equal("HC0078", answer.ErrorCode());
        var tooMany = await app.ExecuteAsync("{ contacts(first: 1) { nodes { deals(first: 101) { nodes { id } } } } }");
        Assert.Equal(("HC0051", "Contact.deals"), (tooMany.ErrorCode(), tooMany.Text("errors.0.extensions.coordinate")));
    }

    [SkippableTheory, BothDatabases]
    public async Task Fragments_and_directives_select_as_plain_fields_do(string database)
    {
        await using var app = await StartAsync(database);

        var data = await app.QueryAsync(
            """
            query($no: Boolean!, $yes: Boolean!) {
              contacts(first: 1, order: [{email: ASC}]) { ...Page nodes { email @skip(if: $no) company @skip(if: $yes) } }
              contacts(first: 1, order: [{email: ASC}]) { nodes { lastName } edges { node { ... on Contact @include(if: $yes) { phone } } } }
            }
            fragment Page on ContactsConnection { totalCount @include(if: $no) ... { edges { node { ... on Node { id } ...Names } } } nodes { ...Names } }
            fragment Names on Contact { firstName ... @skip(if: $no) { deals(first: 1, order: [{name: ASC}]) { nodes { name stage { label } } } } }
            """,
            new { no = false, yes = true });

        Assert.False(data.At("contacts").TryGetProperty("totalCount", out _));
        var node = data.At("contacts.nodes.0");
        Assert.Equal(("ada", "Ada", "Lovelace", "ada1"), (node.Text("email"), node.Text("firstName"), node.Text("lastName"), node.Text("deals.nodes.0.name")));
        Assert.False(node.TryGetProperty("company", out _));
        var edge = data.At("contacts.edges.0.node");
        Assert.Equal(("Ada", "555", "ada1", "Closed Won"), (edge.Text("firstName"), edge.Text("phone"), edge.Text("deals.nodes.0.name"), edge.Text("deals.nodes.0.stage.label")));
    }

    private static async Task<LucitraApp> StartAsync(string database)
    {
        var app = await LucitraApp.StartAsync(database);
        var ada = Crm.Contact("ada", c => (c.FirstName, c.LastName, c.Phone) = ("Ada", "Lovelace", "555"));
        var ben = Crm.Contact("ben");
        await app.AddAsync([ada, ben, Crm.Contact("cyd"), .. Deals(ada, 4), .. Deals(ben, 2)]);
        return app;
    }

    private static IEnumerable<object> Deals(Contact contact, int count) => Enumerable.Range(1, count).Select(i =>
        Crm.Deal($"{contact.Email}{i}", d => (d.Amount, d.IsWon, d.Contacts) = (i * 10, i % 2 == 0, [contact])).In("closedwon"));
}
