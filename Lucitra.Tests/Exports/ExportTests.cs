using System.Net;
using System.Text.Json;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Exports;
using Lucitra.Tests.Http.Support;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Parquet;

namespace Lucitra.Tests.Exports;

public sealed class ExportTests
{
    private static readonly string[] _header =
        ["id", "hubSpotId", "email", "firstName", "lastName", "phone", "company", "jobTitle", "lifecycleStage", "leadStatus", "ownerId", "createdAt", "updatedAt", "archivedAt", "version"];

    [SkippableTheory, BothDatabases]
    public async Task Contacts_come_as_csv_that_no_spreadsheet_runs(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(
            Crm.Contact("ada@example.com", c => (c.FirstName, c.LastName, c.Phone) = ("=1+1", "Byron, \"Countess\"", "+351 21")),
            Crm.Contact("gone@example.com", c => c.ArchivedAt = Crm.Start));

        var lines = (await ExportAsync(app, "exportContacts", "format: CSV")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, lines.Length);
        Assert.Equal(string.Join(',', _header), lines[0]);
        Assert.Contains(",ada@example.com,'=1+1,\"Byron, \"\"Countess\"\"\",'+351 21,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",2026-10-05T08:30:00Z,2026-10-05T08:30:00Z,,1", lines[1], StringComparison.Ordinal);
    }

    [SkippableTheory, BothDatabases]
    public async Task Deals_come_as_ndjson_of_typed_values(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Crm.Deal("=HYPERLINK", d => (d.Amount, d.Currency) = (-12.5m, "EUR")));

        var deal = JsonElement.Parse(await ExportAsync(app, "exportDeals", "format: NDJSON, includeArchived: true"));

        Assert.Equal(("=HYPERLINK", "EUR", "-12.5"), (deal.Text("name"), deal.Text("currency"), deal.At("amount").GetDecimal().ToString("0.0##", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(JsonValueKind.Null, deal.At("closeDate").ValueKind);
        Assert.False(deal.At("isClosed").GetBoolean());
    }

    [SkippableTheory, BothDatabases]
    public async Task A_report_comes_as_parquet(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Crm.Deal("Open", d => (d.Amount, d.Currency) = (7.25m, "EUR")).In("contractsent"));
        var id = await AskAsync(app, "exportReport", "report: PIPELINE_BY_STAGE, format: PARQUET");
        await CompletedAsync(app, id);

        using var file = new MemoryStream(await app.Client.GetByteArrayAsync(await LinkAsync(app, id)));
        await using var parquet = await ParquetReader.CreateAsync(file);
        using var group = parquet.OpenRowGroupReader(0);
        var values = new decimal?[1];
        await group.ReadAsync<decimal>(parquet.Schema.DataFields.Single(field => field.Name == "value"), values);
        var stages = new string[1];
        await group.ReadAsync(parquet.Schema.DataFields.Single(field => field.Name == "stageLabel"), stages);

        Assert.Equal(7.25m, values[0]);
        Assert.Equal("Contract Sent", stages[0]);
    }

    [SkippableTheory, BothDatabases]
    public async Task Progress_is_told_until_the_export_is_complete(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await app.AddAsync(Enumerable.Range(0, 30).Select(number => Crm.Contact($"contact{number}@example.com")));
        var id = await AskAsync(app, "exportContacts", "format: NDJSON");
        using var client = await SocketClient.ConnectAsync(app.Address, "graphql-transport-ws", ("X-Api-Key", LucitraApp.ApiKey));
        await client.SayAsync("""{"type":"connection_init","payload":{}}""");
        await client.HearAsync();
        await client.SubscribeAsync("1", $"subscription {{ onExportChanged(id: \\\"{id}\\\") {{ status rows totalRows bytes }} }}");

        var heard = new List<JsonElement>();
        while (heard.Count == 0 || heard[^1].Text("type") != "complete")
            heard.Add(JsonElement.Parse((await client.HearAsync())!));

        var last = heard[^2].At("payload.data.onExportChanged");
        Assert.Equal(("COMPLETED", "30", "30"), (last.Text("status"), last.Text("rows"), last.Text("totalRows")));
        Assert.True(last.At("bytes").GetInt64() > 0);
    }

    [SkippableTheory, BothDatabases]
    public async Task An_export_whose_server_was_killed_is_begun_anew_and_given_up_at_last(string database)
    {
        await using var app = await LucitraApp.StartAsync(database, new() { ["Lucitra:Roles"] = "Api,Worker" });
        var cutOff = Abandoned(attempts: 1);
        var hopeless = Abandoned(attempts: 3);
        var alive = Abandoned(attempts: 1);
        alive.LeaseUntil = DateTime.MaxValue.ToUniversalTime().Date;
        await app.AddAsync(cutOff, hopeless, alive);

        await Eventually.IsTrueAsync(() => app.InDatabaseAsync(async db =>
            await db.Exports.AnyAsync(row => row.Id == cutOff.Id && row.Status == ExportStatus.Completed) && await db.Exports.AnyAsync(row => row.Id == hopeless.Id && row.Status == ExportStatus.Failed)));

        var states = await app.InDatabaseAsync(db => db.Exports.AsNoTracking().ToDictionaryAsync(row => row.Id));
        Assert.Equal(2, states[cutOff.Id].Attempts);
        Assert.Equal("It was cut off 3 times.", states[hopeless.Id].Reason);
        Assert.Equal(ExportStatus.Running, states[alive.Id].Status);
    }

    [SkippableTheory, BothDatabases]
    public async Task A_file_past_its_time_is_deleted(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        var id = await AskAsync(app, "exportDeals", "format: CSV");
        await CompletedAsync(app, id);
        var link = await LinkAsync(app, id);
        await app.InDatabaseAsync(db => db.Exports.ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, Crm.Start)));

        await app.Services.GetRequiredService<ExportWorker>().SweepAsync(CancellationToken.None);

        using var answer = await app.Client.GetAsync(link);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(JsonValueKind.Null, (await app.QueryAsync($$"""{ exportLink(id: "{{id}}") { url } }""")).At("exportLink").ValueKind);
        Assert.Equal(["EXPIRED"], (await app.QueryAsync("{ exports { nodes { status } } }")).Texts("exports.nodes", "status"));
    }

    [Fact]
    public async Task Who_may_not_read_records_neither_exports_nor_gets_them()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        await app.AddAsync(Crm.Contact("ada@example.com", c => c.Phone = "+351"));
        const string Mutation = "mutation { exportContacts(input: { format: CSV }) { export { id } errors { __typename } } }";

        var refused = await app.ExecuteAsync(Callers.With(Scopes.AnalyticsRead), Mutation);
        var masked = await app.ExecuteAsync(Callers.With(Scopes.AnalyticsRead | Scopes.ContactsRead), Mutation);
        var plain = await AskAsync(app, "exportContacts", "format: CSV");
        await CompletedAsync(app, plain);
        await CompletedAsync(app, masked.Text("data.exportContacts.export.id")!);

        Assert.Equal("AUTH_NOT_AUTHORIZED", refused.ErrorCode());
        Assert.Contains(",***,,,***,", await app.Client.GetStringAsync(await LinkAsync(app, masked.Text("data.exportContacts.export.id")!)), StringComparison.Ordinal);
        var link = await app.ExecuteAsync(Callers.With(Scopes.AnalyticsRead | Scopes.ContactsRead), $$"""{ exportLink(id: "{{plain}}") { url } }""");
        Assert.Equal("AUTH_NOT_AUTHORIZED", link.ErrorCode());
    }

    [Fact]
    public async Task A_link_holds_as_it_was_signed_and_until_it_ends()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var id = await AskAsync(app, "exportDeals", "format: CSV");
        await CompletedAsync(app, id);
        var link = await LinkAsync(app, id);
        using var anybody = new HttpClient();

        using var given = await anybody.GetAsync(link);
        using var forged = await anybody.GetAsync(new Uri(link.AbsoluteUri.Replace("expires=1", "expires=2", StringComparison.Ordinal)));
        using var other = await anybody.GetAsync(new Uri(link.AbsoluteUri.Replace("/exports/", "/exports/../", StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        Assert.Equal("attachment", given.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (forged.StatusCode, other.StatusCode));
    }

    [Fact]
    public async Task So_many_exports_wait_and_no_more()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite, new() { ["Lucitra:Roles"] = "Api", ["Exports:MaxPending"] = "1" });
        await AskAsync(app, "exportDeals", "format: CSV");

        var second = await app.QueryAsync("mutation { exportDeals(input: { format: CSV }) { errors { __typename } } }");
        var wrong = await app.QueryAsync("""mutation { exportReport(input: { report: FUNNEL, format: CSV, timeZone: "Mars/Olympus" }) { errors { __typename } } }""");

        Assert.Equal("TooManyExportsError", second.Text("exportDeals.errors.0.__typename"));
        Assert.Equal("ValidationFailedError", wrong.Text("exportReport.errors.0.__typename"));
    }

    [Theory]
    [InlineData("=1", "'=1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("a=1", "a=1")]
    [InlineData("", "")]
    [InlineData(null, null)]
    public void Text_that_looks_like_a_formula_is_marked_as_text(string? text, string? expected) => Assert.Equal(expected, CsvExport.Guard(text));

    private static Export Abandoned(int attempts) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = ExportKind.Deals,
        Status = ExportStatus.Running,
        Parameters = new ExportParameters(),
        RequestedBy = "test",
        Needs = Scopes.DealsRead,
        Attempts = attempts,
        CreatedAt = Crm.Start,
        LeaseUntil = Crm.Start,
    };

    private static async Task<string> ExportAsync(LucitraApp app, string mutation, string input)
    {
        var id = await AskAsync(app, mutation, input);
        await CompletedAsync(app, id);
        return await app.Client.GetStringAsync(await LinkAsync(app, id));
    }

    private static async Task<string> AskAsync(LucitraApp app, string mutation, string input)
    {
        var data = await app.QueryAsync($"mutation {{ {mutation}(input: {{ {input} }}) {{ export {{ id }} errors {{ __typename ... on Error {{ message }} }} }} }}");
        return data.Text($"{mutation}.export.id")!;
    }

    private static async Task CompletedAsync(LucitraApp app, string id) => await Eventually.IsTrueAsync(async () =>
    {
        var export = await app.QueryAsync($$"""{ exportById(id: "{{id}}") { status reason } }""");
        Assert.NotEqual("FAILED", export.Text("exportById.status"));
        return export.Text("exportById.status") == "COMPLETED";
    });

    private static async Task<Uri> LinkAsync(LucitraApp app, string id) => new((await app.QueryAsync($$"""{ exportLink(id: "{{id}}") { url expiresAt } }""")).Text("exportLink.url")!);
}
