using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Deals;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Analytics;

public sealed class ReportTests
{
    private const string Range = """from: "2026-10-01", to: "2026-11-30" """;

    [SkippableTheory, BothDatabases]
    public async Task Revenue_and_sales_cycle_go_by_the_month_of_the_close_date(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Closed("2026-10-01", "2026-10-11", 100m, "EUR"), Closed("2026-10-01", "2026-10-21", 50.5m, "EUR"), Closed("2026-10-01", "2026-11-01", 7m, null),
            Closed("2026-10-02", "2026-10-31T23:30:00Z", 5m, "EUR", won: false));

        var utc = await RowsAsync(app, "revenueByMonth", Range, "start currency won revenue lost lostValue");
        var kathmandu = await RowsAsync(app, "revenueByMonth", $"""{Range}, timeZone: "Asia/Kathmandu", order: [{"{"} start: DESC {"}"}, {"{"} revenue: ASC {"}"}]""", "start currency lost");
        var cycle = await RowsAsync(app, "salesCycle", Range, "start won averageDays medianDays p90Days");

        Assert.Equal(
            [
                """{"start":"2026-10-01","currency":"EUR","won":2,"revenue":150.5,"lost":1,"lostValue":5}""",
                """{"start":"2026-11-01","currency":null,"won":1,"revenue":7,"lost":0,"lostValue":0}""",
            ], utc);
        Assert.Equal(
            ["""{"start":"2026-11-01","currency":"EUR","lost":1}""", """{"start":"2026-11-01","currency":null,"lost":0}""", """{"start":"2026-10-01","currency":"EUR","lost":0}"""],
            kathmandu);
        Assert.Equal(
            ["""{"start":"2026-10-01","won":2,"averageDays":15,"medianDays":15,"p90Days":19}""", """{"start":"2026-11-01","won":1,"averageDays":31,"medianDays":31,"p90Days":31}"""],
            cycle);
    }

    [SkippableTheory, BothDatabases]
    public async Task Owners_stand_by_what_they_won(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.QueryAsync("""mutation { upsertOwner(input: { hubSpotId: "7", firstName: "Ada", lastName: "Byron" }) { errors { __typename } } }""");
        await app.AddAsync(
            Closed("2026-10-01", "2026-10-11", 100m, "EUR", owner: "7"), Closed("2026-10-01", "2026-10-11", null, "EUR", owner: "7"),
            Closed("2026-10-01", "2026-10-12", 30m, "EUR", owner: "7", won: false), Closed("2026-10-01", "2026-10-12", 300m, "EUR"));

        var rows = await RowsAsync(app, "ownerLeaderboard", Range, "ownerId ownerName won lost winRate revenue averageSize");
        var one = await RowsAsync(app, "ownerLeaderboard", $"""{Range}, ownerId: "7" """, "ownerId won");

        Assert.Equal("""{"ownerId":null,"ownerName":null,"won":1,"lost":0,"winRate":1,"revenue":300,"averageSize":300}""", rows[0]);
        Assert.StartsWith("""{"ownerId":"7","ownerName":"Ada Byron","won":2,"lost":1,"winRate":0.66""", rows[1], StringComparison.Ordinal);
        Assert.EndsWith(""","revenue":100,"averageSize":100}""", rows[1], StringComparison.Ordinal);
        Assert.Equal(["""{"ownerId":"7","won":2}"""], one);
    }

    [SkippableTheory, BothDatabases]
    public async Task Stages_that_deals_went_through_make_funnel_and_velocity(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(
            [
                .. Moves(1, ("appointmentscheduled", 0), ("qualifiedtobuy", 2), ("closedlost", 5)),
                .. Moves(2, ("appointmentscheduled", 0), ("contractsent", 4), ("closedwon", 10)),
                .. Moves(3, ("appointmentscheduled", 0)),
            ]);
        await app.WhenAppliedAsync();

        var funnel = await RowsAsync(app, "funnel", Range, "stageId reached");
        var velocity = await RowsAsync(app, "stageVelocity", Range, "stageId left averageDays medianDays");

        Assert.Equal(
            [
                """{"stageId":"appointmentscheduled","reached":3}""", """{"stageId":"qualifiedtobuy","reached":2}""", """{"stageId":"presentationscheduled","reached":1}""",
                """{"stageId":"decisionmakerboughtin","reached":1}""", """{"stageId":"contractsent","reached":1}""", """{"stageId":"closedwon","reached":1}""",
            ], funnel);
        Assert.Equal(
            [
                """{"stageId":"appointmentscheduled","left":2,"averageDays":3,"medianDays":3}""",
                """{"stageId":"qualifiedtobuy","left":1,"averageDays":3,"medianDays":3}""",
                """{"stageId":"contractsent","left":1,"averageDays":6,"medianDays":6}""",
            ], velocity);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_report_of_a_past_day_is_what_stood_on_that_day(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(
            [.. Moves(1, ("appointmentscheduled", 0)), HubSpotFact.Changed("deal", 1, "amount", "100"), .. Moves(2, ("appointmentscheduled", 0)), HubSpotFact.Changed("deal", 2, "amount", "7")]);
        await app.WhenAppliedAsync();
        const int Day = 86_400;
        await app.HubSpot.DeliverAsync(
            [
                HubSpotFact.Changed("deal", 1, "dealstage", "contractsent", Day), HubSpotFact.Changed("deal", 1, "amount", "250", 2 * Day),
                HubSpotFact.Changed("deal", 1, "dealstage", "closedwon", 3 * Day), HubSpotFact.Deleted("deal", 2, 3 * Day), .. Moves(3, ("qualifiedtobuy", 3)),
            ]);
        await app.WhenAppliedAsync();

        Assert.Equal(["""{"stageId":"qualifiedtobuy","deals":1,"value":0}"""], await StoodAsync(null));
        Assert.Equal(["""{"stageId":"appointmentscheduled","deals":2,"value":107}"""], await StoodAsync("2026-10-05"));
        Assert.Equal(["""{"stageId":"appointmentscheduled","deals":1,"value":7}""", """{"stageId":"contractsent","deals":1,"value":100}"""], await StoodAsync("2026-10-06"));
        Assert.Equal(["""{"stageId":"appointmentscheduled","deals":1,"value":7}""", """{"stageId":"contractsent","deals":1,"value":250}"""], await StoodAsync("2026-10-07"));
        Assert.Empty(await StoodAsync("2026-10-04"));

        Task<List<string>> StoodAsync(string? day) => RowsAsync(app, "pipelineByStage", day is null ? Range : $"""asOf: "{day}" """, "stageId deals value");
    }

    [SkippableTheory, BothDatabases]
    public async Task Cohorts_and_sources_tell_how_far_contacts_came(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(
            HubSpotFact.Changed("contact", 1, "lifecyclestage", "lead"), HubSpotFact.Changed("contact", 1, RecordRollups.SourceProperty, "OFFLINE"),
            HubSpotFact.Changed("contact", 2, "lifecyclestage", "customer"), HubSpotFact.Changed("contact", 2, RecordRollups.SourceProperty, "OFFLINE"), HubSpotFact.Created("contact", 3));
        await app.WhenAppliedAsync();

        Assert.Equal(
            ["""{"start":"2026-10-01","lifecycleStage":"lead","contacts":1}""", """{"start":"2026-10-01","lifecycleStage":"customer","contacts":1}""", """{"start":"2026-10-01","lifecycleStage":null,"contacts":1}"""],
            await RowsAsync(app, "lifecycleCohorts", Range, "start lifecycleStage contacts"));
        Assert.Equal(
            ["""{"source":"OFFLINE","contacts":2,"new":2,"customers":1,"customerRate":0.5}""", """{"source":null,"contacts":1,"new":1,"customers":0,"customerRate":0}"""],
            await RowsAsync(app, "contactSources", Range, "source contacts new customers customerRate"));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_saved_report_runs_with_its_parameters_and_others_given_beside(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Closed("2026-10-01", "2026-10-11", 100m, "EUR"), Closed("2026-10-01", "2026-11-11", 7m, "EUR"));
        var created = await app.QueryAsync("""
            mutation { createSavedReport(input: { name: "October", report: REVENUE_BY_MONTH, from: "2026-10-01", to: "2026-10-31" }) {
              savedReport { id name report from to version } errors { __typename ... on Error { message } } } }
            """);
        var id = created.Text("createSavedReport.savedReport.id");
        var refused = await app.QueryAsync("""
            mutation { createSavedReport(input: { name: "", report: FUNNEL, lastDays: 0 }) { errors { ... on ValidationFailedError { issues { field } } } } }
            """);

        Assert.Equal(["""{"revenue":100}"""], await RowsAsync(app, "revenueByMonth", $"saved: \"{id}\"", "revenue"));
        Assert.Equal(["""{"revenue":100}""", """{"revenue":7}"""], await RowsAsync(app, "revenueByMonth", $"saved: \"{id}\", to: \"2026-11-30\"", "revenue"));
        Assert.Equal(["name", "lastDays"], refused.Texts("createSavedReport.errors.0.issues", "field"));
        Assert.Equal("LUCITRA_INVALID_RANGE", (await app.ExecuteAsync($$"""{ analytics { funnel(saved: "{{id}}") { totalCount } } }""")).ErrorCode());

        await app.QueryAsync($$"""mutation { updateSavedReport(input: { id: "{{id}}", from: null, to: null, lastDays: 7, version: 1 }) { savedReport { version } errors { __typename } } }""");
        Assert.Equal(["7"], (await app.QueryAsync("{ savedReports { nodes { lastDays from } } }")).Texts("savedReports.nodes", "lastDays"));
        await app.QueryAsync($$"""mutation { deleteSavedReport(input: { id: "{{id}}" }) { savedReport { name } errors { __typename } } }""");
        Assert.Equal(0, (await app.QueryAsync("{ savedReports { nodes { id } } }")).At("savedReports.nodes").GetArrayLength());
    }

    [Fact]
    public async Task Any_report_is_a_table_of_text_in_pages_over_rest()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        await app.AddAsync(Closed("2026-10-01", "2026-10-11", 100.5m, "EUR"), Closed("2026-10-01", "2026-11-11", 7m, null));

        var reports = await app.Client.GetFromJsonAsync<JsonElement>("/api/v1/analytics/reports");
        var table = await app.Client.GetFromJsonAsync<JsonElement>(
            "/api/v1/analytics/reports/REVENUE_BY_MONTH?from=2026-10-01&to=2026-11-30&first=1&order=" + Uri.EscapeDataString("""[{"column":"revenue","direction":"ASC"}]"""));

        Assert.Equal(8, reports.At("reports").GetArrayLength());
        Assert.Equal("""["2026-11-01",null,"1","7","0","0"]""", table.At("report.rows.0.cells").GetRawText());
        Assert.Equal(["start", "currency", "won", "revenue", "lost", "lostValue"], table.Texts("report.columns", "name"));
        Assert.Equal(["LocalDate", "String", "Int", "Decimal", "Int", "Decimal"], table.Texts("report.columns", "type"));
        Assert.Equal(("2", "True"), (table.Text("report.totalCount"), table.Text("report.hasNextPage")));
    }

    private static async Task<List<string>> RowsAsync(LucitraApp app, string report, string arguments, string columns)
    {
        var data = await app.QueryAsync($"{{ analytics {{ {report}({arguments}) {{ rows {{ {columns} }} }} }} }}");
        return [.. data.At($"analytics.{report}.rows").EnumerateArray().Select(row => row.GetRawText())];
    }

    private static IEnumerable<HubSpotFact> Moves(long deal, params (string Stage, int Day)[] stages) =>
    [
        HubSpotFact.Changed("deal", deal, "pipeline", "default", stages[0].Day * 86_400),
        .. stages.Select(move => HubSpotFact.Changed("deal", deal, "dealstage", move.Stage, move.Day * 86_400)),
    ];

    private static Deal Closed(string created, string closed, decimal? amount, string? currency, bool won = true, string? owner = null)
    {
        var deal = Crm.Deal("Deal").In(won ? "closedwon" : "closedlost");
        (deal.CreatedAt, deal.CloseDate) = (Instant(created), Instant(closed));
        (deal.IsClosed, deal.IsWon, deal.Amount, deal.Currency, deal.OwnerId) = (true, won, amount, currency, owner);
        return deal;
    }

    private static DateTime Instant(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
