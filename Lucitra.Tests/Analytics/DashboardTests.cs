using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Analytics;

public sealed class DashboardTests
{
    private static readonly object _november = new { from = "2026-11-01", to = "2026-11-30", bucket = "MONTH" };

    [SkippableTheory, BothDatabases]
    public async Task Figures_of_a_range_stand_beside_those_of_the_range_before(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Deal("2026-10-05", 100.10m, "EUR", won: true, closed: "2026-10-20"),
            Deal("2026-10-05", 200.20m, "EUR", won: true, closed: "2026-11-04"),
            Deal("2026-11-01", null, "EUR", won: true, closed: "2026-11-05"),
            Deal("2026-11-02", 50m, null, won: true, closed: "2026-11-12"),
            Deal("2026-11-03", 70m, "EUR", won: false, closed: "2026-11-30"),
            Deal("2026-09-01", 10m, "USD"));

        var deals = (await app.DashboardAsync(_november)).GetProperty("deals");

        Assert.Equal("""{"current":1,"previous":2,"change":-0.5}""", Figure(deals, "open"));
        Assert.Equal("""[{"currency":"EUR","current":0,"previous":200.2},{"currency":"USD","current":10,"previous":10}]""", Figure(deals, "openValue"));
        Assert.Equal("""{"current":3,"previous":2,"change":0.5}""", Figure(deals, "created"));
        Assert.Equal("""{"current":3,"previous":1,"change":2}""", Figure(deals, "won"));
        Assert.Equal("""{"current":1,"previous":0,"change":null}""", Figure(deals, "lost"));
        Assert.Equal("""{"current":0.75,"previous":1}""", Figure(deals, "winRate"));
        Assert.Equal("""[{"currency":null,"current":50,"previous":0},{"currency":"EUR","current":200.2,"previous":100.1}]""", Figure(deals, "wonValue"));
        Assert.Equal("""[{"currency":null,"current":50,"previous":0},{"currency":"EUR","current":200.2,"previous":100.1}]""", Figure(deals, "averageSize"));
        Assert.Equal("""{"current":10,"previous":15}""", Figure(deals, "medianDaysToClose"));
        Assert.Equal("""{"current":26,"previous":15}""", Figure(deals, "p90DaysToClose"));
        Assert.Equal("2026-11-01T00:00:00Z", Assert.Single(deals.GetProperty("buckets").EnumerateArray()).Text("start"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Days_begin_when_they_do_in_the_time_zone(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Deal("2026-10-31T18:14:59Z", 1m, "EUR"), Deal("2026-10-31T18:15:00Z", 1m, "EUR"), Deal("2026-11-30T18:14:59Z", 1m, "EUR"), Deal("2026-11-30T18:15:00Z", 1m, "EUR"));

        var kathmandu = await app.DashboardAsync(new { from = "2026-11-01", to = "2026-11-30", timeZone = "Asia/Kathmandu", bucket = "DAY" });
        var utc = await app.DashboardAsync(new { from = "2026-11-01", to = "2026-11-30", bucket = "WEEK" });

        Assert.Equal("""{"current":2,"previous":1,"change":1}""", Figure(kathmandu, "deals.created"));
        Assert.Equal("""{"current":2,"previous":2,"change":0}""", Figure(utc, "deals.created"));
        Assert.Equal(["1", .. Enumerable.Repeat("0", 28), "1"], kathmandu.Texts("deals.buckets", "created.current"));
        Assert.Equal("2026-10-31T18:15:00Z", kathmandu.Text("deals.buckets.0.start"));
        Assert.Equal(["2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", "2026-11-09T00:00:00Z", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"], utc.Texts("deals.buckets", "start"));
        Assert.Equal("2026-12-01T00:00:00Z", utc.Text("deals.buckets.5.end"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Open_deals_stand_by_stage_and_month_with_what_they_may_bring(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Deal("2026-01-01", 100m, "EUR", closeDate: "2030-05-15"),
            Deal("2026-01-01", 10.5m, "EUR", closeDate: "2030-05-31T23:30:00Z", stage: "contractsent"),
            Deal("2026-01-01", 7m, null, stage: "contractsent"),
            Deal("2026-01-01", 1m, "EUR", closeDate: "2020-01-01"));

        var deals = (await app.DashboardAsync(new { timeZone = "Europe/Lisbon" })).GetProperty("deals");

        Assert.Equal(
            """[{"pipelineId":"default","stageId":"appointmentscheduled","stageLabel":"Appointment Scheduled","pipelineLabel":"Sales Pipeline","probability":0.2,"deals":2,"forecast":[{"currency":"EUR","value":101,"weighted":20.2}]},{"pipelineId":"default","stageId":"contractsent","stageLabel":"Contract Sent","pipelineLabel":"Sales Pipeline","probability":0.9,"deals":2,"forecast":[{"currency":null,"value":7,"weighted":6.3},{"currency":"EUR","value":10.5,"weighted":9.45}]}]""",
            Figure(deals, "byStage"));
        Assert.Equal(["EARLIER", "LATER", "UNDATED"], deals.Texts("byCloseMonth", "period"));
        Assert.Equal(["1", "2", "1"], deals.Texts("byCloseMonth", "deals"));
        Assert.Equal("""{"idleDays":14,"idle":4,"idleValue":[{"currency":null,"amount":7},{"currency":"EUR","amount":111.5}],"overdue":1,"overdueValue":[{"currency":"EUR","amount":1}]}""", Figure(deals, "atRisk"));
    }

    [SkippableTheory, BothDatabases]
    public async Task Contacts_stand_by_lifecycle_stage_and_source_and_go_on_from_stage_to_stage(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(
            Contact(1, "lifecyclestage", "lead"), Contact(1, RecordRollups.SourceProperty, "OFFLINE"), Contact(2, "lifecyclestage", "customer"),
            Contact(3, "lifecyclestage", "4711"), Contact(3, "hubspot_owner_id", "7"), Contact(4, "firstname", "Ada"), HubSpotFact.Deleted("contact", 4, afterSeconds: 90));
        await app.WhenAppliedAsync();

        var october = await app.DashboardAsync(new { from = "2026-10-01", to = "2026-10-31" });
        var owned = await app.DashboardAsync(new { from = "2026-10-01", to = "2026-10-31", ownerId = "7" });
        var unowned = await app.DashboardAsync(new { from = "2026-10-01", to = "2026-10-31", ownerId = "" });

        Assert.Equal(["lead", "customer", "4711"], october.Texts("contacts.byLifecycleStage", "value"));
        Assert.Equal([null, "OFFLINE"], october.Texts("contacts.bySource", "value"));
        Assert.Equal(["2", "1"], october.Texts("contacts.bySource", "new.current"));
        Assert.Equal(["2", "2", "1", "1", "1", "1"], october.Texts("contacts.conversion", "reached.current"));
        Assert.Equal(["1", "0.5", "1", "1", "1", "0"], october.Texts("contacts.conversion", "rate.current"));
        Assert.Equal((3, 1, 2), (Count(october), Count(owned), Count(unowned)));

        static int Count(JsonElement dashboard) => dashboard.At("contacts.total.current").GetInt32();
    }

    [SkippableTheory, BothDatabases]
    public async Task Pipeline_and_owner_narrow_deals(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Deal("2026-11-05", 1m, "EUR", owner: "7"), Deal("2026-11-05", 2m, "EUR", pipeline: "renewals"), Deal("2026-11-05", 4m, "EUR", owner: "7", pipeline: "renewals"));

        Assert.Equal("7", await ValueAsync(new { from = "2026-11-01", to = "2026-11-30" }));
        Assert.Equal("5", await ValueAsync(new { from = "2026-11-01", to = "2026-11-30", ownerId = "7" }));
        Assert.Equal("6", await ValueAsync(new { from = "2026-11-01", to = "2026-11-30", pipelineId = "renewals" }));
        Assert.Equal("4", await ValueAsync(new { from = "2026-11-01", to = "2026-11-30", pipelineId = "renewals", ownerId = "7" }));

        async Task<string> ValueAsync(object variables) => FigureDefinitions.Text((await app.DashboardAsync(variables)).At("deals.openValue.0.current").GetDecimal());
    }

    [SkippableTheory, BothDatabases]
    public async Task Webhooks_are_counted_as_they_come_and_stay_counted(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.HubSpot.DeliverAsync(Contact(1, "firstname", "Ada"), Contact(1, "firstname", "Augusta", 60), Contact(1, "firstname", "Early", -60));
        await app.HubSpot.DeliverAsync(new HubSpotFact("ticket.creation", 9));
        await app.WhenAppliedAsync();
        await app.InDatabaseAsync(db => db.WebhookEvents.ExecuteDeleteAsync());

        var webhooks = (await app.DashboardAsync()).GetProperty("webhooks");

        Assert.Equal("4", webhooks.Text("received.current"));
        Assert.Equal("4", $"{webhooks.At("applied.current").GetInt32() + webhooks.At("superseded.current").GetInt32() + webhooks.At("ignored.current").GetInt32()}");
        Assert.Equal(("1", "0", "0"), (webhooks.Text("ignored.current"), webhooks.Text("dead.current"), webhooks.Text("waiting")));
        Assert.True(webhooks.At("medianLagSeconds.current").GetDouble() < 60);
    }

    [SkippableTheory, BothDatabases]
    public async Task Folding_changes_no_figure(string database)
    {
        await using var app = await LucitraApp.StartAsync(database, new() { ["Lucitra:Roles"] = "Api" });
        await app.AddAsync(Deal("2026-11-05", 1.25m, "EUR"), Deal("2026-11-06", 2.5m, "EUR"));
        await app.InDatabaseAsync(async db =>
        {
            db.Remove(await db.Deals.SingleAsync(deal => deal.Amount == 1.25m));
            return await db.SaveChangesAsync();
        });
        var before = Figure(await app.DashboardAsync(_november), "deals.openValue");

        var folded = await RollupFolding.FoldAsync(app.Services.GetRequiredService<IDbContextFactory<LucitraDbContext>>(), CancellationToken.None);

        Assert.True(folded > 0);
        Assert.Equal("""[{"currency":"EUR","current":2.5,"previous":0}]""", before);
        Assert.Equal(before, Figure(await app.DashboardAsync(_november), "deals.openValue"));
        Assert.False(await app.InDatabaseAsync(db => db.RollupDeltas.AnyAsync()));
        Assert.False(await app.InDatabaseAsync(db => db.Rollups.AnyAsync(rollup => rollup.Count == 0)));
    }

    [SkippableTheory]
    [BothDatabases(
        """from: "2026-11-02", to: "2026-11-01" """,
        """from: "1026-11-02" """,
        """timeZone: "Mars/Olympus" """,
        """from: "2024-01-01", to: "2026-11-01", bucket: DAY""",
        "idleDays: 0")]
    public async Task What_is_no_range_is_refused(string database, string arguments)
    {
        await using var app = await LucitraApp.StartAsync(database);

        var answer = await app.ExecuteAsync($"{{ analytics {{ dashboard({arguments}) {{ at }} }} }}");

        Assert.Equal("LUCITRA_INVALID_RANGE", answer.ErrorCode());
    }

    [Fact]
    public async Task Figures_need_the_scope_of_analytics()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        const string Query = "{ analytics { dashboard { at } } }";

        var allowed = await app.ExecuteAsync(Callers.With(Scopes.AnalyticsRead), Query);
        var refused = await app.ExecuteAsync(Callers.With(Scopes.All & ~Scopes.AnalyticsRead), Query);

        Assert.False(allowed.TryGetProperty("errors", out _));
        Assert.Equal("AUTH_NOT_AUTHORIZED", refused.ErrorCode());
    }

    [Fact]
    public async Task Rest_answers_with_the_same_figures()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        await app.AddAsync(Deal("2026-11-05", 1m, "EUR"));

        var answer = await app.Client.GetFromJsonAsync<JsonElement>("/api/v1/analytics/dashboard?from=2026-11-01&to=2026-11-30&timeZone=Europe/Lisbon&bucket=MONTH");
        using var refused = await app.Client.GetAsync(new Uri("/api/v1/analytics/dashboard?from=yesterday", UriKind.Relative));

        Assert.Equal("1", answer.Text("dashboard.deals.created.current"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    private static string Figure(JsonElement from, string path) => from.At(path).GetRawText();

    private static HubSpotFact Contact(long id, string property, string value, int afterSeconds = 0) => HubSpotFact.Changed("contact", id, property, value, afterSeconds);

    private static Deal Deal(
        string created, decimal? amount, string? currency, bool? won = null, string? closed = null, string? closeDate = null, string? owner = null, string pipeline = "default", string stage = "appointmentscheduled")
    {
        var deal = Crm.Deal("Deal");
        (deal.CreatedAt, deal.UpdatedAt, deal.Amount, deal.Currency) = (Instant(created), Instant(created), amount, currency);
        (deal.CloseDate, deal.OwnerId, deal.PipelineId) = ((closed ?? closeDate) is { } date ? Instant(date) : null, owner, pipeline);
        (deal.IsClosed, deal.IsWon, deal.StageId) = (won is not null, won ?? false, won switch { true => "closedwon", false => "closedlost", null => stage });
        return deal;
    }

    private static DateTime Instant(string text) =>
        DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal);
}
