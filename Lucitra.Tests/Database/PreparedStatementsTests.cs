using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lucitra.Tests.Database;

public sealed class PreparedStatementsTests
{
    [SkippableTheory]
    [InlineData(null, "", 100)]
    [InlineData("0", "", 0)]
    [InlineData(null, ";Max Auto Prepare=7", 7)]
    public async Task Statements_that_come_often_are_prepared_unless_it_is_said_otherwise(string? setting, string addition, int expected)
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        var settings = new Dictionary<string, string?> { ["ConnectionStrings:Lucitra"] = database.ConnectionString + addition };
        if (setting is not null)
            settings["Database:MaxPreparedStatements"] = setting;
        await using var app = await LucitraApp.StartAsync(database, settings);

        var connection = new NpgsqlConnectionStringBuilder(app.Services.GetRequiredService<NpgsqlDataSource>().ConnectionString);

        Assert.Equal((expected, true), (connection.MaxAutoPrepare, connection.NoResetOnClose));
        Assert.Equal(expected > 0 ? "force_custom_plan" : "auto", await PlansAsync(app));
    }

    private static Task<string> PlansAsync(LucitraApp app) => app.InDatabaseAsync(db =>
        db.Database.SqlQuery<string>($"""SELECT current_setting('plan_cache_mode') AS "Value" """).SingleAsync());
}
