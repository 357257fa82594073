using System.Text.Json;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Deals;

public sealed class DealAggregateTests
{
    [SkippableTheory, BothDatabases]
    public async Task Without_keys_all_deals_are_one_group(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await DealsAsync(app);

        var group = await SingleAsync(app, """
            { dealsAggregate { groups { count countDistinct { stageId currency } sum { amount } avg { amount } min { amount closeDate name } max { amount } } } }
            """);

        Assert.Equal(5, group.GetProperty("count").GetInt32());
        Assert.Equal(2, group.GetProperty("countDistinct").GetProperty("stageId").GetInt32());
        Assert.Equal(1, group.GetProperty("countDistinct").GetProperty("currency").GetInt32());
        Assert.Equal(600.1m, group.GetProperty("sum").GetProperty("amount").GetDecimal());
        Assert.Equal(150.025m, group.GetProperty("avg").GetProperty("amount").GetDecimal());
        Assert.Equal(0.1m, group.GetProperty("min").GetProperty("amount").GetDecimal());
        Assert.Equal(300m, group.GetProperty("max").GetProperty("amount").GetDecimal());
        Assert.Equal("2026-01-31T23:30:00Z", group.GetProperty("min").GetProperty("closeDate").GetString());
    }

    [SkippableTheory, BothDatabases]
    public async Task Nothing_to_count_is_one_group_of_nothing(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        var group = await SingleAsync(app, "{ dealsAggregate { groups { count sum { amount } avg { amount } max { name } } } }");

        Assert.Equal("""{"count":0,"sum":{"amount":0},"avg":{"amount":null},"max":{"name":null}}""", group.GetRawText());
    }

    [SkippableTheory, BothDatabases]
    public async Task Groups_by_two_fields_sorted_by_a_figure(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await DealsAsync(app);

        var groups = await GroupsAsync(app, """
            { dealsAggregate(groupBy: [{ field: STAGE_ID }, { field: CURRENCY }], order: [{ sum: { amount: DESC } }, { key: { currency: ASC } }]) {
                groups { key { stageId currency name } count sum { amount } } hasNextPage } }
            """);

        Assert.Equal(
            [
                """{"key":{"stageId":"closedwon","currency":"EUR","name":null},"count":2,"sum":{"amount":500}}""",
                """{"key":{"stageId":"appointmentscheduled","currency":"EUR","name":null},"count":1,"sum":{"amount":100}}""",
                """{"key":{"stageId":"appointmentscheduled","currency":null,"name":null},"count":2,"sum":{"amount":0.1}}""",
            ],
            groups.Select(Canonical));
    }

    [SkippableTheory, BothDatabases]
    public async Task Spans_of_the_calendar_begin_in_their_time_zone(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await DealsAsync(app);

        var utc = await MonthsAsync(app, "UTC");
        var lisbonSummer = await MonthsAsync(app, "Europe/Berlin");

        Assert.Equal(["2026-01-01T00:00:00Z 1", "2026-02-01T00:00:00Z 1", "2026-07-01T00:00:00Z 2", "null 1"], utc);
        Assert.Equal(["2026-01-31T23:00:00Z 2", "2026-06-30T22:00:00Z 2", "null 1"], lisbonSummer);
    }

    [SkippableTheory, BothDatabases("DAY 2026-02-01T00:00:00Z", "WEEK 2026-01-26T00:00:00Z", "QUARTER 2026-01-01T00:00:00Z", "YEAR 2026-01-01T00:00:00Z")]
    public async Task Every_span_begins_where_the_calendar_says(string database, string expected)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await CreateAsync(app, "February", "1", closeDate: "2026-02-01T12:00:00Z");
        var span = expected.Split(' ');

        var group = await SingleAsync(app, $"{{ dealsAggregate(groupBy: [{{ field: CLOSE_DATE, bucket: {span[0]} }}]) {{ groups {{ key {{ closeDate }} }} }} }}");

        Assert.Equal(span[1], group.GetProperty("key").GetProperty("closeDate").GetString());
    }

    [SkippableTheory, BothDatabases]
    public async Task Having_keeps_groups_by_their_figures(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await DealsAsync(app);

        var groups = await GroupsAsync(app, """
            { dealsAggregate(where: { amount: { neq: null } }, groupBy: [{ field: STAGE_ID }],
                having: { count: { gte: 2 }, avg: { amount: { gt: 200 } } }) { groups { key { stageId } } } }
            """);

        Assert.Equal("closedwon", Assert.Single(groups).GetProperty("key").GetProperty("stageId").GetString());
    }

    [SkippableTheory, BothDatabases]
    public async Task Groups_come_in_pages(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await DealsAsync(app);

        var data = await app.QueryAsync("""
            { first: dealsAggregate(groupBy: [{ field: NAME }], first: 2) { groups { key { name } } hasNextPage }
              last: dealsAggregate(groupBy: [{ field: NAME }], first: 2, offset: 4) { groups { key { name } } hasNextPage } }
            """);

        Assert.Equal("""{"groups":[{"key":{"name":"A"}},{"key":{"name":"B"}}],"hasNextPage":true}""", data.GetProperty("first").GetRawText());
        Assert.Equal("""{"groups":[{"key":{"name":"E"}}],"hasNextPage":false}""", data.GetProperty("last").GetRawText());
    }

    [SkippableTheory]
    [BothDatabases(
        "groupBy: [{ field: NAME, bucket: DAY }]",
        "groupBy: [{ field: CLOSE_DATE, bucket: DAY, timeZone: \"Mars/Olympus\" }]",
        "groupBy: [{ field: NAME }, { field: NAME }]",
        "groupBy: [{ field: NAME }, { field: STAGE_ID }, { field: OWNER_ID }, { field: AMOUNT }, { field: IS_WON }]",
        "order: [{ key: { name: ASC } }]")]
    public async Task What_cannot_be_grouped_is_refused(string database, string arguments)
    {
        await using var app = await LucitraApp.StartAsync(database);

        var answer = await app.ExecuteAsync($"{{ dealsAggregate({arguments}) {{ groups {{ count }} }} }}");

        Assert.Equal("LUCITRA_INVALID_GROUPING", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    private static async Task DealsAsync(LucitraApp app)
    {
        await CreateAsync(app, "A", "100", "EUR", closeDate: "2026-01-31T23:30:00Z");
        await CreateAsync(app, "B", "200", "EUR", stage: "closedwon", closeDate: "2026-02-01T12:00:00Z");
        await CreateAsync(app, "C", "300", "EUR", stage: "closedwon", closeDate: "2026-07-01T00:00:00Z");
        await CreateAsync(app, "D", "0.1", closeDate: "2026-07-31T21:59:59Z");
        await CreateAsync(app, "E", null);
    }

    private static Task CreateAsync(LucitraApp app, string name, string? amount, string? currency = null, string stage = "appointmentscheduled", string? closeDate = null) =>
        app.QueryAsync(
            "mutation($input: CreateDealInput!) { createDeal(input: $input) { deal { id } } }",
            new { input = new { name, amount = amount is null ? (decimal?)null : decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency, stageId = stage, closeDate } });

    private static async Task<IEnumerable<string>> MonthsAsync(LucitraApp app, string timeZone)
    {
        var groups = await GroupsAsync(app, $$"""
            { dealsAggregate(groupBy: [{ field: CLOSE_DATE, bucket: MONTH, timeZone: "{{timeZone}}" }]) { groups { key { closeDate } count } } }
            """);
        return groups.Select(group => $"{group.GetProperty("key").GetProperty("closeDate").GetString() ?? "null"} {group.GetProperty("count")}");
    }

    private static async Task<JsonElement> SingleAsync(LucitraApp app, string query) => Assert.Single(await GroupsAsync(app, query));

    private static async Task<List<JsonElement>> GroupsAsync(LucitraApp app, string query) =>
        [.. (await app.QueryAsync(query)).GetProperty("dealsAggregate").GetProperty("groups").EnumerateArray()];

    // One database keeps the zeros at the end of a decimal, the other does not.
    private static string Canonical(JsonElement group) => group.GetRawText().Replace(".0}", "}", StringComparison.Ordinal);
}
