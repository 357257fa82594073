using Lucitra.Graph.Records;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Schema.Paging;

public sealed class PropertyOrderTests
{
    private static readonly string?[] _values = ["10", "9", null, "x", "2026-01-01", "-1.5", "Ä", "z", "10.0", "true", "1767225600001", "a", "B", "false"];

    [SkippableTheory, BothDatabases]
    public async Task Properties_are_sorted_by_their_type(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Definitions());
        await app.AddAsync(_values.Select((value, i) => Crm.Deal($"{i:00}:{value}", deal =>
        {
            if (value is not null)
                deal.Properties = new() { ["text"] = value, ["number"] = value, ["at"] = value, ["flag"] = value };
        })));

        var orders = new Dictionary<string, string>
        {
            ["text"] = "-1.5 10 10.0 1767225600001 2026-01-01 9 B a false true x z Ä ",
            ["number"] = "-1.5 9 10 10.0 1767225600001  x 2026-01-01 Ä z true a B false",
            ["at"] = "9 10 2026-01-01 1767225600001  x -1.5 Ä z 10.0 true a B false",
            ["flag"] = "false true 10 9  x 2026-01-01 -1.5 Ä z 10.0 1767225600001 a B",
        };
        foreach (var (property, expected) in orders)
        {
            var ascending = $$"""{property: [{name: "{{property}}", direction: ASC}]}, {name: ASC}""";
            var walked = await Pages.WalkAsync(app, "deals", "name", ascending, size: 2);
            Assert.Equal(expected, string.Join(' ', walked.Select(name => name![3..])));
            Assert.Equal(walked, await Pages.WalkAsync(app, "deals", "name", ascending, size: 3, backward: true));

            var descending = $$"""{property: [{name: "{{property}}", direction: DESC}]}, {name: DESC}""";
            Assert.Equal(Enumerable.Reverse(walked), await Pages.WalkAsync(app, "deals", "name", descending, size: 4));
        }
    }

    [SkippableTheory, BothDatabases]
    public async Task Properties_and_fields_sort_together_and_in_nested_lists(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Crm.Contact("a@example.com", contact => contact.Deals =
        [
            Crm.Deal("a", d => (d.Amount, d.Properties) = (1, new() { ["text"] = "2" })),
            Crm.Deal("b", d => (d.Amount, d.Properties) = (2, new() { ["text"] = "1" })),
            Crm.Deal("c", d => (d.Amount, d.Properties) = (1, new() { ["text"] = "1" })),
        ]));

        const string Order = """[{property: [{name: "text", direction: ASC}, {name: "amount", direction: DESC}]}]""";
        var data = await app.QueryAsync($"{{ deals(order: {Order}) {{ nodes {{ name }} }} contacts {{ nodes {{ deals(order: {Order}) {{ nodes {{ name }} }} }} }} }}");
        Assert.Equal(["b", "c", "a"], data.Texts("deals.nodes", "name"));
        Assert.Equal(["b", "c", "a"], data.Texts("contacts.nodes.0.deals.nodes", "name"));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_cursor_of_another_type_of_the_property_is_refused(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Enumerable.Range(0, 3).Select(i => Crm.Deal($"{i}", d => d.Properties = new() { ["p"] = $"{i}" })));
        const string Query = """query($after: String) { deals(first: 1, after: $after, order: [{property: [{name: "p", direction: ASC}]}]) { pageInfo { endCursor } } }""";
        var after = (await app.QueryAsync(Query)).Text("deals.pageInfo.endCursor");

        await app.QueryAsync("""mutation { defineProperty(input: {objectType: DEAL, name: "p", type: NUMBER}) { errors { __typename } } }""");
        Assert.Equal("HC0078", (await app.ExecuteAsync(Query, new { after })).ErrorCode());
    }

    [SkippableTheory, BothDatabases]
    public async Task A_sort_has_a_bounded_number_of_properties(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var keys = Enumerable.Range(0, 11).Select(i => new { name = $"p{i}", direction = "ASC" });
        var answer = await app.ExecuteAsync(
            "query($order: [ContactSortInput!]) { contacts(order: $order) { totalCount } }", new { order = new[] { new { property = keys } } });
        Assert.Equal("LUCITRA_TOO_MANY_ORDER_KEYS", answer.ErrorCode());
    }

    private static IEnumerable<PropertyDefinition> Definitions() =>
    [
        new() { Id = Guid.CreateVersion7(), ObjectType = RecordType.Deal, Name = "number", Type = PropertyType.Number },
        new() { Id = Guid.CreateVersion7(), ObjectType = RecordType.Deal, Name = "at", Type = PropertyType.Datetime },
        new() { Id = Guid.CreateVersion7(), ObjectType = RecordType.Deal, Name = "flag", Type = PropertyType.Boolean },
    ];
}
