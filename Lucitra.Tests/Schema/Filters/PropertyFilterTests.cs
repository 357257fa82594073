using Lucitra.Graph.Deals;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Schema.Filters;

public sealed class PropertyFilterTests
{
    private static readonly (string, string) _deals = ("deals", "name");

    [SkippableTheory, BothDatabases]
    public async Task Custom_properties_are_filtered_by_their_text(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Deal("a", "plan", "gold"), Deal("b", "plan", "Golden"), Deal("c", "plan", ""), Deal("d", "other", "gold"));

        await FilterCases.HoldAsync(
            app, _deals,
            ("""property: [{name: "plan", string: {eq: "gold"}}]""", "a"),
            ("""property: [{name: "plan", string: {contains: "old"}}]""", "a b"),
            ("""property: [{name: "plan", string: {eq: null}}]""", "d"),
            ("""property: [{name: "plan", string: {neq: null}}]""", "a b c"),
            ("""property: [{name: "plan", string: {in: ["gold", null]}}]""", "a d"),
            ("""property: [{name: "plan", string: {ncontains: "old"}}]""", "c d"),
            ("""property: [{name: "plan", string: {startsWith: "g"}}, {name: "other", string: {eq: null}}]""", "a"),
            ("""or: [{property: [{name: "plan", string: {eq: "gold"}}]}, {property: {name: "other", string: {eq: "gold"}}}]""", "a d"),
            ("""property: [{name: "pl\u0000an", string: {neq: null}}]""", ""),
            ("""property: [{name: "plan"}]""", "a b c d"),
            ("property: []", "a b c d"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Names_are_taken_as_they_are(string database)
    {
        string[] names = ["a.b", "a\"b", "a'b", "$.x", "[0]", "", "a\\b", "{a}", "%", "ä"];
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(names.Select((name, i) => Deal($"{i}", name, "yes")));

        foreach (var (i, name) in names.Index())
        {
            var data = await app.QueryAsync(
                """query($name: String!) { deals(where: {property: [{name: $name, string: {eq: "yes"}}]}) { nodes { name properties { name } } } }""", new { name });
            Assert.Equal([$"{i}"], data.Texts("deals.nodes", "name"));
        }
    }

    [SkippableTheory, BothDatabases]
    public async Task Text_is_read_as_a_number(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Deal("a", "n", "9"), Deal("b", "n", "10.50"), Deal("c", "n", " -1e2 "), Deal("d", "n", "1,000"), Deal("e", "n", "ten"),
            Deal("f", "n", "1e999"), Deal("g", "n", "12345678901234567890123456789012345678901234567890"), Deal("h", "n", "0.33333333333333333333333333333333333"),
            Deal("i", "n", "-0"), Deal("j", "n", ""));

        await FilterCases.HoldAsync(
            app, _deals,
            ("""property: [{name: "n", number: {gt: 9}}]""", "b"),
            ("""property: [{name: "n", number: {eq: 10.5}}]""", "b"),
            ("""property: [{name: "n", number: {lt: 0}}]""", "c"),
            ("""property: [{name: "n", number: {eq: 0}}]""", "i"),
            ("""property: [{name: "n", number: {in: [9, -100.0, 0.3333333333]}}]""", "a c h"),
            ("""property: [{name: "n", number: {eq: null}}]""", "d e f g j"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Text_is_read_as_an_instant(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Deal("a", "at", "1767225600000"), Deal("b", "at", "2026-01-01"), Deal("c", "at", "2026-01-01T01:00:00+01:00"), Deal("d", "at", "2026-01-01 00:00:00.0000015Z"),
            Deal("e", "at", "2026-02-30"), Deal("f", "at", "99999999999999999999"), Deal("g", "at", "infinity"), Deal("h", "at", "0001-01-01T00:00:00+01:00"),
            Deal("i", "at", "-1"), Deal("j", "at", "999999999999999"));

        await FilterCases.HoldAsync(
            app, _deals,
            ("""property: [{name: "at", dateTime: {eq: "2026-01-01T00:00:00Z"}}]""", "a b c"),
            ("""property: [{name: "at", dateTime: {gt: "2026-01-01T00:00:00Z"}}]""", "d"),
            ("""property: [{name: "at", dateTime: {eq: "1969-12-31T23:59:59.999Z"}}]""", "i"),
            ("""property: [{name: "at", dateTime: {eq: null}}]""", "e f g h j"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Text_is_read_as_yes_or_no(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Deal("a", "vip", "true"), Deal("b", "vip", "false"), Deal("c", "vip", "maybe"), Deal("d", "other", "true"));

        await FilterCases.HoldAsync(
            app, _deals,
            ("""property: [{name: "vip", boolean: {eq: true}}]""", "a"),
            ("""property: [{name: "vip", boolean: {neq: true}}]""", "b c d"),
            ("""property: [{name: "vip", boolean: {eq: null}}]""", "c d"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Properties_with_a_field_of_their_own_are_found_by_name_too(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Crm.Deal("a", d => (d.Amount, d.CloseDate, d.Currency) = (9, Crm.Start, "7")),
            Crm.Deal("b", d => d.Contacts = [Crm.Contact("b@example.com", c => c.Properties = new() { ["vip"] = "true" })]));

        await FilterCases.HoldAsync(
            app, _deals,
            ("""property: [{name: "dealname", string: {eq: "a"}}]""", "a"),
            ("""property: [{name: "amount", number: {gte: 9}}]""", "a"),
            ("""property: [{name: "deal_currency_code", number: {eq: 7}}]""", "a"),
            ("""property: [{name: "closedate", dateTime: {eq: null}}]""", "b"),
            ("""contacts: {some: {property: [{name: "vip", boolean: {eq: true}}, {name: "email", string: {endsWith: "example.com"}}]}}""", "b"));
        var answer = await app.ExecuteAsync("""{ deals(where: {property: [{name: "amount", string: {eq: "9"}}]}) { totalCount } }""");
        Assert.Equal("LUCITRA_INVALID_PROPERTY_KIND", answer.ErrorCode());
        var nothing = await app.ExecuteAsync("""{ deals(where: {property: [{name: "x", string: null}]}) { totalCount } }""");
        Assert.Equal("HC0026", nothing.ErrorCode());
    }

    private static Deal Deal(string name, string property, string value) => Crm.Deal(name, d => d.Properties = new() { [property] = value });
}
