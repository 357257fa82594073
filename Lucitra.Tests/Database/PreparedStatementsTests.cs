using Lucitra.Graph.Database;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lucitra.Tests.Database;

public sealed class PreparedStatementsTests
{
    [SkippableTheory]
    [InlineData(null, "", 100, "force_custom_plan 50", "force_generic_plan 50")]
    [InlineData("0", "", 0, "auto 100", "auto 100")]
    [InlineData(null, ";Max Auto Prepare=7", 7, "force_custom_plan 50", "force_generic_plan 50")]
    [InlineData(null, ";Maximum Pool Size=7", 100, "force_custom_plan 7", "force_custom_plan 7")]
    [InlineData(null, ";Include Error Detail=false", 100, "force_custom_plan 100", "force_custom_plan 100", "Webhooks,Worker")]
    [InlineData(null, ";Options=-c plan_cache_mode=force_generic_plan", 100, "force_generic_plan 100", "force_generic_plan 100")]
    public async Task Statements_that_come_often_are_prepared_and_planned_as_the_settings_say(string? setting, string addition, int prepared, string all, string settled, string roles = "All")
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        var settings = new Dictionary<string, string?> { ["ConnectionStrings:Lucitra"] = database.ConnectionString + addition, ["Lucitra:Roles"] = roles };
        if (setting is not null)
            settings["Database:MaxPreparedStatements"] = setting;
        await using var app = await LucitraApp.StartAsync(database, settings);
        var sessions = app.Services.GetRequiredService<PostgresSessions>();

        Assert.Equal((all, settled), (await PlansAsync(sessions.All), await PlansAsync(sessions.Settled)));
        Assert.All([sessions.All, sessions.Settled], source =>
        {
            var connection = new NpgsqlConnectionStringBuilder(source.ConnectionString);
            Assert.Equal((prepared, true), (connection.MaxAutoPrepare, connection.NoResetOnClose));
        });
    }

    [SkippableTheory]
    [InlineData(true, "contactById(id: $id) { jobTitle }")]
    [InlineData(true, "contacts(first: 3, order: [{ createdAt: DESC }]) { nodes { jobTitle deals { nodes { name } } } }")]
    [InlineData(true, "contacts(first: 3, where: { createdAt: { gte: \"2026-01-01T00:00:00Z\" } }, order: [{ createdAt: DESC }]) { nodes { jobTitle } }")]
    [InlineData(false, "contacts(first: 3, where: { createdAt: { gte: \"2026-01-01T00:00:00Z\" } }, order: [{ updatedAt: DESC }]) { nodes { jobTitle } }")]
    [InlineData(false, "contacts(first: 3, where: { createdAt: { ngte: \"2026-01-01T00:00:00Z\" } }, order: [{ createdAt: DESC }]) { nodes { jobTitle } }")]
    [InlineData(false, "contacts(first: 3, where: { or: [{ createdAt: { gte: \"2026-01-01T00:00:00Z\" } }] }, order: [{ createdAt: DESC }]) { nodes { jobTitle } }")]
    [InlineData(false, "contacts(first: 3, where: { createdAt: { gte: \"2026-01-01T00:00:00Z\" } }, order: [{ createdAt: DESC }]) { nodes { jobTitle } totalCount }")]
    [InlineData(true, "contacts(first: 3, where: { lifecycleStage: { eq: \"lead\" } }) { nodes { jobTitle } }")]
    [InlineData(true, "contacts(first: 3, where: { lifecycleStage: { eq: \"lead\" }, createdAt: { gte: \"2026-01-01T00:00:00Z\" } }, order: [{ createdAt: DESC }]) { nodes { jobTitle } }")]
    [InlineData(false, "contacts(first: 3, where: { lifecycleStage: { neq: \"lead\" } }, order: [{ createdAt: DESC }]) { nodes { jobTitle } }")]
    [InlineData(false, "contacts(first: 3, where: { lifecycleStage: { in: [\"lead\"] } }, order: [{ createdAt: DESC }]) { nodes { jobTitle } }")]
    [InlineData(false, "contacts(first: 3, where: { lifecycleStage: { eq: \"lead\" } }, order: [{ updatedAt: DESC }]) { nodes { jobTitle } }")]
    [InlineData(false, "contacts(first: 3, where: { lifecycleStage: { eq: \"lead\" }, lastName: { eq: \"Hopper\" } }) { nodes { jobTitle } }")]
    [InlineData(false, "contacts(first: 3, where: { email: { startsWith: \"a\" } }, order: [{ email: ASC }]) { nodes { jobTitle } }")]
    [InlineData(false, "contacts(first: 3, where: { id: { in: [$id] } }, order: [{ id: ASC }]) { nodes { jobTitle } }")]
    [InlineData(false, "contacts(first: 3) { nodes { jobTitle deals(where: { amount: { gt: 1 } }, order: [{ amount: ASC }]) { nodes { name } } } }")]
    [InlineData(false, "contacts(first: 3, where: { owner: { email: { eq: \"b\" } } }, order: [{ owner: { email: ASC } }]) { nodes { jobTitle } }")]
    public async Task Only_statements_whose_plan_does_not_depend_on_their_values_are_planned_once(bool expected, string field)
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        await using var app = await LucitraApp.StartAsync(database);
        var id = (await app.QueryAsync("mutation { createContact(input: { email: \"ada@example.com\" }) { contact { id } } }")).GetProperty("createContact").GetProperty("contact").GetProperty("id").GetString();
        var document = $"query{(field.Contains("$id", StringComparison.Ordinal) ? "($id: ID!)" : "")} {{ {field} }}";

        // A statement is prepared the fifth time, and the first time a document goes another way.
        for (var i = 0; i < 7; i++)
            await app.QueryAsync(document, new { id });

        Assert.Equal(expected ? 1L : 0L, await PreparedAsync(app.Services.GetRequiredService<PostgresSessions>().Settled, "%a0.\"job_title\"%"));
    }

    [SkippableFact]
    public async Task The_statements_of_writes_are_planned_once()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        await using var app = await LucitraApp.StartAsync(database);
        for (var i = 0; i < 7; i++)
            await app.QueryAsync($$"""mutation { createContact(input: { email: "{{i}}@example.com" }) { contact { id } } }""");

        var sessions = app.Services.GetRequiredService<PostgresSessions>();
        Assert.Equal((1L, 1L), (await PreparedAsync(sessions.Settled, "INSERT INTO contacts %"), await PreparedAsync(sessions.Settled, "SELECT 1 % FROM contacts %")));
        Assert.Equal(0L, await PreparedAsync(sessions.All, "INSERT INTO contacts %"));
    }

    [SkippableFact]
    public async Task A_context_that_was_left_open_serves_whoever_comes_next()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres);
        var (all, settled) = (app.Services.GetRequiredService<IDbContextFactory<LucitraDbContext>>(), app.Services.GetRequiredKeyedService<IDbContextFactory<LucitraDbContext>>(DatabaseModule.Settled));
        foreach (var contexts in new[] { all, settled, all })
        {
            await using var db = await contexts.CreateDbContextAsync();
            await db.Database.OpenConnectionAsync();
            Assert.Equal(contexts == settled ? "force_generic_plan" : "force_custom_plan", await db.Database.SqlQueryRaw<string>("SELECT current_setting('plan_cache_mode') AS \"Value\"").SingleAsync());
        }
    }

    private static async Task<long> PreparedAsync(NpgsqlDataSource source, string pattern)
    {
        await using var session = await source.OpenConnectionAsync();
        await using var count = new NpgsqlCommand("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE $1", session) { Parameters = { new() { Value = pattern } } };
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private static async Task<string> PlansAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("SELECT current_setting('plan_cache_mode')");
        return $"{await command.ExecuteScalarAsync()} {new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxPoolSize}";
    }
}
