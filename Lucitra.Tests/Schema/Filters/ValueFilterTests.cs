using Lucitra.Tests.Support;

namespace Lucitra.Tests.Schema.Filters;

public sealed class ValueFilterTests
{
    [SkippableTheory, BothDatabases]
    public async Task Decimals_are_compared_exactly(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Crm.Deal("a", d => d.Amount = 0.1m),
            Crm.Deal("b", d => d.Amount = 999_999_999_999.9999m),
            Crm.Deal("c", d => d.Amount = -5.25m),
            Crm.Deal("d"),
            Crm.Deal("e", d => d.Amount = 100.00m),
            Crm.Deal("f", d => d.Amount = 9m));

        await FilterCases.HoldAsync(
            app,
            ("deals", "name"),
            ("amount: {eq: 0.1}", "a"),
            ("amount: {eq: 0.10}", "a"),
            ("amount: {eq: 100}", "e"),
            ("amount: {eq: 999999999999.9999}", "b"),
            ("amount: {eq: null}", "d"),
            ("amount: {neq: 100}", "a b c d f"),
            ("amount: {neq: null}", "a b c e f"),
            ("amount: {in: [0.1, 9.0, null]}", "a d f"),
            ("amount: {nin: [0.1, 9]}", "b c d e"),
            ("amount: {gt: 9}", "b e"),
            ("amount: {ngt: 9}", "a c d f"),
            ("amount: {gte: 9}", "b e f"),
            ("amount: {ngte: 9}", "a c d"),
            ("amount: {lt: 0}", "c"),
            ("amount: {nlt: 0}", "a b d e f"),
            ("amount: {lte: -5.25}", "c"),
            ("amount: {nlte: -5.25}", "a b d e f"),
            ("amount: {gt: 999999999999.9998, lt: 1000000000000}", "b"));

        var data = await app.QueryAsync(
            "query($amount: Decimal) { deals(where: {amount: {eq: $amount}}) { nodes { name amount } } }", new { amount = 999_999_999_999.9999m });
        Assert.Equal("999999999999.9999", data.At("deals.nodes.0.amount").GetRawText());
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableTheory, BothDatabases]
    public async Task Instants_are_compared_whatever_their_offset(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Crm.Deal("a", d => d.CloseDate = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
            Crm.Deal("b", d => d.CloseDate = new DateTime(2026, 1, 1, 12, 0, 0, 500, DateTimeKind.Utc)),
            Crm.Deal("c"));

        await FilterCases.HoldAsync(
            app,
            ("deals", "name"),
            ("""closeDate: {eq: "2026-01-01T13:00:00.5+01:00"}""", "b"),
            ("""closeDate: {gt: "2025-12-31T19:00:00-05:00"}""", "b"),
            ("""closeDate: {gte: "2025-12-31T19:00:00-05:00"}""", "a b"),
            ("""closeDate: {ngt: "2026-01-01T00:00:00Z"}""", "a c"),
            ("""closeDate: {lt: "2026-01-01T12:00:00.500Z"}""", "a"),
            ("""closeDate: {nlt: "2026-01-01T12:00:00.500Z"}""", "b c"),
            ("""closeDate: {in: ["2026-01-01T00:00:00Z", null]}""", "a c"),
            ("""closeDate: {nin: ["2026-01-01T00:00:00Z"]}""", "b c"),
            ("""closeDate: {eq: null}""", "c"));
        Assert.Contains("errors", (await app.ExecuteAsync("""{ deals(where: {closeDate: {gt: "2026-01-01T00:00:00"}}) { totalCount } }""")).ToString(), StringComparison.Ordinal);
        Assert.Empty(app.Errors.Errors);
    }

    [SkippableTheory, BothDatabases]
    public async Task Flags_and_whole_numbers_are_compared(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Crm.Deal("a", d => (d.IsWon, d.PortalId, d.Version) = (true, 5_000_000_000, 1)),
            Crm.Deal("b", d => (d.PortalId, d.Version) = (21, 20)),
            Crm.Deal("c", d => d.Version = 3));

        await FilterCases.HoldAsync(
            app,
            ("deals", "name"),
            ("isWon: {eq: true}", "a"),
            ("isWon: {neq: true}", "b c"),
            ("isWon: {eq: null}", ""),
            ("isWon: {neq: null}", "a b c"),
            ("portalId: {eq: 5000000000}", "a"),
            ("portalId: {ngt: 21}", "b c"),
            ("portalId: {in: [21, null]}", "b c"),
            ("version: {gt: 3}", "b"),
            ("version: {nlte: 1}", "b c"),
            ("version: {in: [1, 20]}", "a b"),
            ("version: {in: [1, null]}", "a"),
            ("version: {nin: [1, null]}", "b c"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Ids_are_compared_as_clients_know_them(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Crm.Contact("a"), Crm.Contact("b"), Crm.Deal("deal"));
        var data = await app.QueryAsync("{ contacts(order: [{email: ASC}]) { nodes { id } } deals { nodes { id } } pipelines { nodes { id } } }");
        var (a, b) = (data.Text("contacts.nodes.0.id"), data.Text("contacts.nodes.1.id"));

        await FilterCases.HoldAsync(
            app,
            ("contacts", "email"),
            ($$"""id: {eq: "{{a}}"}""", "a"),
            ($$"""id: {neq: "{{a}}"}""", "b"),
            ($$"""id: {in: ["{{a}}", "{{b}}"]}""", "a b"),
            ($$"""id: {nin: ["{{a}}"]}""", "b"),
            ("id: {eq: null}", ""));
        await FilterCases.HoldAsync(app, ("pipelines", "hubSpotId"), ($"id: {{eq: \"{data.Text("pipelines.nodes.0.id")}\"}}", "default"));

        var foreign = await app.ExecuteAsync($"{{ contacts(where: {{id: {{eq: \"{data.Text("deals.nodes.0.id")}\"}}}}) {{ totalCount }} }}");
        Assert.Equal("The node id type name `Deal` does not match the expected type name `Contact`.", foreign.Text("errors.0.message"));
        var malformed = await app.ExecuteAsync("""{ contacts(where: {id: {in: ["!"]}}) { totalCount } }""");
        Assert.Equal("The node ID string has an invalid format.", malformed.Text("errors.0.message"));
    }
}
