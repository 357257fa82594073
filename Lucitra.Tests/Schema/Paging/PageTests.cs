using System.Text.Json;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Schema.Paging;

public sealed class PageTests
{
    private const string Page = "nodes { email } edges { cursor node { email } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount";

    [SkippableTheory, BothDatabases]
    public async Task A_page_holds_ten_items_unless_told_otherwise(string database)
    {
        await using var app = await StartAsync(database, contacts: 12);

        var page = await PageAsync(app, "");
        Assert.Equal(10, page.At("nodes").GetArrayLength());
        Assert.Equal(12, page.At("totalCount").GetInt32());
        Assert.Equal((true, false), Sides(page));
        Assert.Equal(page.Text("edges.0.cursor"), page.Text("pageInfo.startCursor"));
        Assert.Equal(page.Text("edges.9.cursor"), page.Text("pageInfo.endCursor"));

        var rest = await PageAsync(app, $"after: \"{page.Text("pageInfo.endCursor")}\"");
        Assert.Equal(["11", "12"], rest.Texts("nodes", "email"));
        Assert.Equal(["11", "12"], rest.Texts("edges", "node.email"));
        Assert.Equal((false, true), Sides(rest));
    }

    [SkippableTheory, BothDatabases]
    public async Task Pages_are_counted_from_either_end(string database)
    {
        await using var app = await StartAsync(database, contacts: 5);

        var last = await PageAsync(app, "last: 2");
        Assert.Equal(["04", "05"], last.Texts("nodes", "email"));
        Assert.Equal((false, true), Sides(last));

        var before = await PageAsync(app, $"last: 2, before: \"{last.Text("pageInfo.startCursor")}\"");
        Assert.Equal(["02", "03"], before.Texts("nodes", "email"));
        Assert.Equal((true, true), Sides(before));

        var between = await PageAsync(app, $"first: 9, after: \"{before.Text("edges.0.cursor")}\", before: \"{last.Text("edges.1.cursor")}\"");
        Assert.Equal(["03", "04"], between.Texts("nodes", "email"));

        var both = await PageAsync(app, "first: 2, last: 2");
        Assert.Equal(["01", "02"], both.Texts("nodes", "email"));
    }

    [SkippableTheory, BothDatabases]
    public async Task An_empty_page_has_no_cursors(string database)
    {
        await using var app = await StartAsync(database, contacts: 3);

        var none = await PageAsync(app, """where: {email: {eq: "nobody"}}""");
        Assert.Equal(
            """{"nodes":[],"edges":[],"pageInfo":{"hasNextPage":false,"hasPreviousPage":false,"startCursor":null,"endCursor":null},"totalCount":0}""",
            none.GetRawText());

        var zero = await PageAsync(app, "first: 0");
        Assert.Equal(
            """{"nodes":[],"edges":[],"pageInfo":{"hasNextPage":true,"hasPreviousPage":false,"startCursor":null,"endCursor":null},"totalCount":3}""",
            zero.GetRawText());

        var end = (await PageAsync(app, "last: 1")).Text("pageInfo.endCursor");
        var beyond = await PageAsync(app, $"after: \"{end}\"");
        Assert.Equal(
            """{"nodes":[],"edges":[],"pageInfo":{"hasNextPage":false,"hasPreviousPage":true,"startCursor":null,"endCursor":null},"totalCount":3}""",
            beyond.GetRawText());
    }

    [SkippableTheory, BothDatabases]
    public async Task Sizes_out_of_range_are_refused(string database)
    {
        await using var app = await StartAsync(database, contacts: 0);

        var tooMany = await app.ExecuteAsync("{ contacts(first: 101) { nodes { id } } }");
        Assert.Equal(
            """{"errors":[{"message":"The maximum allowed items per page were exceeded.","path":["contacts"],"extensions":{"code":"HC0051","coordinate":"Query.contacts","requestedItems":101,"maxAllowedItems":100}}],"data":{"contacts":null}}""",
            WithoutLocations(tooMany));
        var negative = await app.ExecuteAsync("{ contacts(last: -1) { nodes { id } } }");
        Assert.Equal(
            """{"errors":[{"message":"The requested number of values per page must be at least 0.","path":["contacts"],"extensions":{"code":"HC0079","coordinate":"Query.contacts","requestedItems":-1}}],"data":{"contacts":null}}""",
            WithoutLocations(negative));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_cursor_of_another_list_or_order_is_refused(string database)
    {
        await using var app = await StartAsync(database, contacts: 2);
        await app.AddAsync(Crm.Deal("deal"));
        var data = await app.QueryAsync("""
            {
              contacts(order: [{email: ASC}]) { edges { cursor } }
              other: contacts(order: [{email: DESC}]) { edges { cursor } }
              deals { edges { cursor } }
            }
            """);
        var cursor = data.Text("contacts.edges.0.cursor")!;
        var changed = cursor[..^2] + (cursor[^2] == 'A' ? 'B' : 'A') + cursor[^1];

        foreach (var (foreign, order) in new[]
        {
            (data.Text("other.edges.0.cursor"), "{email: ASC}"),
            (cursor, "{email: ASC}, {phone: ASC}"),
            (cursor, ""),
            (data.Text("deals.edges.0.cursor"), ""),
            (changed, "{email: ASC}"),
            (cursor[..8], "{email: ASC}"),
            ("!!!", ""),
            ("YWJj", ""),
            ("", ""),
        })
        {
            var answer = await app.ExecuteAsync($"{{ contacts(after: \"{foreign}\", order: [{order}]) {{ nodes {{ id }} }} }}");
            Assert.Equal("HC0078", answer.ErrorCode());
            Assert.Equal(("after", foreign ?? ""), (answer.Text("errors.0.extensions.argument"), answer.At("errors.0.extensions.cursor").GetString()));
            Assert.Equal("The cursor specified in `after` has an invalid format.", answer.Text("errors.0.message"));
        }
    }

    private static async Task<LucitraApp> StartAsync(string database, int contacts)
    {
        var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Enumerable.Range(1, contacts).Select(i => Crm.Contact($"{i:00}")));
        return app;
    }

    private static async Task<JsonElement> PageAsync(LucitraApp app, string arguments) =>
        (await app.QueryAsync($"{{ contacts({arguments} order: [{{email: ASC}}]) {{ {Page} }} }}")).At("contacts");

    private static (bool Next, bool Previous) Sides(JsonElement page) =>
        (page.At("pageInfo.hasNextPage").GetBoolean(), page.At("pageInfo.hasPreviousPage").GetBoolean());

    private static string WithoutLocations(JsonElement answer) =>
        System.Text.RegularExpressions.Regex.Replace(answer.GetRawText(), "\"locations\":\\[[^]]*\\],", "");
}
