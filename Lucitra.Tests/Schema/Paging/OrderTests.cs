using Lucitra.Tests.Support;

namespace Lucitra.Tests.Schema.Paging;

public sealed class OrderTests
{
    [SkippableTheory, BothDatabases]
    public async Task Keys_count_in_the_order_in_which_they_are_written(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Crm.Contact("a", c => (c.LastName, c.Company) = ("1", "2")),
            Crm.Contact("b", c => (c.LastName, c.Company) = ("2", "1")),
            Crm.Contact("c", c => (c.LastName, c.Company) = ("1", "1")));

        var data = await app.QueryAsync(
            """
            query($order: [ContactSortInput!], $one: ContactSortInput!, $direction: SortEnumType!, $usual: [ContactSortInput!] = [{lastName: DESC, company: ASC}]) {
              list: contacts(order: [{lastName: ASC}, {company: DESC}]) { nodes { email } }
              object: contacts(order: [{lastName: ASC, company: DESC}]) { nodes { email } }
              single: contacts(order: {lastName: ASC, company: DESC}) { nodes { email } }
              variable: contacts(order: $order) { nodes { email } }
              item: contacts(order: [$one]) { nodes { email } }
              direction: contacts(order: [{lastName: $direction, company: $direction}]) { nodes { email } }
              usual: contacts(order: $usual) { nodes { email } }
              twice: contacts(order: [{lastName: DESC}, {lastName: ASC}, {company: ASC}]) { nodes { email } }
            }
            """,
            new
            {
                order = new object[] { new { lastName = "ASC", company = "DESC" } },
                one = new { lastName = "ASC", company = "DESC" },
                direction = "DESC",
            });

        foreach (var way in new[] { "list", "object", "single", "variable", "item" })
            Assert.Equal(["a", "c", "b"], data.Texts($"{way}.nodes", "email"));
        Assert.Equal(["b", "a", "c"], data.Texts("direction.nodes", "email"));
        Assert.Equal(["b", "c", "a"], data.Texts("usual.nodes", "email"));
        Assert.Equal(["b", "c", "a"], data.Texts("twice.nodes", "email"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Deals_are_sorted_by_their_stage_and_those_without_one_count_as_greatest(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Crm.Deal("a").In("closedwon"),
            Crm.Deal("b").In("appointmentscheduled"),
            Crm.Deal("c"),
            Crm.Deal("d").In("closedlost"),
            Crm.Deal("e").In("nowhere"));

        var orders = new Dictionary<string, string>
        {
            ["{stage: {displayOrder: ASC}}, {name: ASC}"] = "b a d c e",
            ["{stage: {displayOrder: DESC}, name: ASC}"] = "c e d a b",
            ["{stage: {isWon: ASC}}, {name: DESC}"] = "d b a e c",
            ["{stage: {isWon: DESC}}, {name: ASC}"] = "c e a b d",
            ["{stage: {isClosed: DESC, label: ASC}}, {name: ASC}"] = "c e d a b",
            ["{stage: {label: ASC, isClosed: DESC}}, {name: ASC}"] = "b d a c e",
            ["{stage: {pipeline: {label: ASC}}}, {name: ASC}"] = "a b d c e",
            ["{stage: {probability: ASC}}, {name: ASC}"] = "d b a c e",
        };
        foreach (var (order, expected) in orders)
        {
            var walked = await Pages.WalkAsync(app, "deals", "name", order, size: 2);
            Assert.Equal(expected, string.Join(' ', walked));
        }
    }

    [SkippableTheory, BothDatabases]
    public async Task Values_of_every_kind_are_sorted_with_null_as_the_greatest(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Crm.Deal("a", d => (d.Amount, d.IsClosed, d.CloseDate, d.Currency) = (9, true, Crm.Start, "EUR")),
            Crm.Deal("b", d => (d.Amount, d.IsClosed, d.CloseDate, d.Currency) = (100.5m, false, Crm.Start.AddTicks(10), "eur")),
            Crm.Deal("c", d => (d.Amount, d.IsClosed, d.CloseDate, d.Currency) = (-1.5m, false, null, "Ünit")),
            Crm.Deal("d", d => (d.Amount, d.IsClosed, d.CloseDate, d.Currency) = (null, true, Crm.Start.AddDays(-1), null)));

        var orders = new Dictionary<string, string>
        {
            ["{amount: ASC}"] = "c a b d",
            ["{amount: DESC}"] = "d b a c",
            ["{isClosed: ASC}, {name: ASC}"] = "b c a d",
            ["{isClosed: DESC}, {name: ASC}"] = "a d b c",
            ["{closeDate: ASC}"] = "d a b c",
            ["{closeDate: DESC}"] = "c b a d",
            ["{currency: ASC}"] = "a b c d",
            ["{currency: DESC}"] = "d c b a",
        };
        foreach (var (order, expected) in orders)
            Assert.Equal(expected, string.Join(' ', await Pages.WalkAsync(app, "deals", "name", order, size: 1)));
    }

    [SkippableTheory, BothDatabases]
    public async Task Null_is_no_direction(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var answer = await app.ExecuteAsync("{ contacts(order: [{lastName: null}]) { totalCount } }");

        Assert.Equal("HC0026", answer.ErrorCode());
        Assert.Equal(
            ("SortEnumType!", "ContactSortInput"),
            (answer.Text("errors.0.extensions.expectedType"), answer.Text("errors.0.extensions.sortType")));
        Assert.Equal(0, (await app.QueryAsync("{ contacts(order: null) { totalCount } }")).At("contacts.totalCount").GetInt32());
        Assert.Equal(0, (await app.QueryAsync("{ contacts(order: [{}]) { totalCount } }")).At("contacts.totalCount").GetInt32());
    }
}
