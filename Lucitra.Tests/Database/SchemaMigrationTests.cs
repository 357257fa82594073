using System.Net;
using System.Text.Json;
using Lucitra.Graph.Database;
using Lucitra.Graph.Startup;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Database;

/// <summary>What <c>migrate</c> does about others who want the same, or have been killed at it.</summary>
public sealed class SchemaMigrationTests
{
    [SkippableTheory, BothDatabases]
    public async Task Several_starters_on_an_empty_database_do_not_meet(string provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        var settings = LucitraServer.SettingsFor(database);

        var starters = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => LucitraServer.RunAsync(settings, "migrate")));

        Assert.All(starters, starter => Assert.True(starter.ExitCode == 0, starter.Output));
        Assert.Single(starters, starter => starter.Output.Contains("Applied ", StringComparison.Ordinal));
        await using var app = await LucitraApp.StartAsync(database);
        Assert.Empty((await app.Services.RequireMigratedDatabaseAsync(CancellationToken.None)).Missing);
    }

    [Fact]
    public async Task A_starter_that_was_killed_holds_up_nobody_on_sqlite()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        await app.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("""
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" ("Id", "Timestamp") VALUES (1, '2026-01-01 00:00:00');
            DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" LIKE '%_SyncCheckpoints';
            DROP TABLE sync_checkpoints;
            """));

        await app.Services.MigrateDatabaseAsync(CancellationToken.None);

        Assert.Equal(0, await app.InDatabaseAsync(db => db.SyncCheckpoints.CountAsync()));
    }

    [SkippableFact]
    public async Task A_migration_waits_for_a_lock_for_a_short_time_and_then_again()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres, configure: NextRelease.Configure);
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<LucitraDbContext>>().CreateDbContextAsync();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await db.Contacts.CountAsync();
            var migrating = app.Services.GetRequiredService<SchemaMigration>().RunAsync(contract: false, restored: false, CancellationToken.None);

            // Others are held up behind it for as long as it waits, and no longer.
            await Eventually.IsTrueAsync(() => app.InDatabaseAsync(other => other.Database.SqlQueryRaw<bool>(
                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS \"Value\"").SingleAsync()));
            Assert.Equal(0, await app.InDatabaseAsync(other => other.Contacts.CountAsync()));
            Assert.False(migrating.IsCompleted);

            await transaction.CommitAsync();
            Assert.Equal([NextRelease.Adds], await migrating);
        }
    }

    [SkippableFact]
    public async Task An_index_is_made_while_contacts_are_written_and_an_attempt_that_was_cut_short_is_made_good()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres);
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<LucitraDbContext>>().CreateDbContextAsync();
        await db.Database.ExecuteSqlRawAsync("""
            DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" LIKE '%_LatestOfStage';
            UPDATE pg_index SET indisvalid = false WHERE indexrelid = '"IX_contacts_lifecycle_stage_created_at_id"'::regclass;
            """);

        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await db.Database.ExecuteSqlRawAsync("LOCK TABLE contacts IN ROW EXCLUSIVE MODE");
            var migrating = app.Services.MigrateDatabaseAsync(CancellationToken.None);
            await Eventually.IsTrueAsync(() => app.InDatabaseAsync(other => other.Database.SqlQueryRaw<bool>(
                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS \"Value\"").SingleAsync()));

            await app.QueryAsync("mutation { createContact(input: { email: \"ada@example.com\" }) { contact { id } } }");
            Assert.False(migrating.IsCompleted);
            await transaction.CommitAsync();
            await migrating;
        }

        Assert.Equal(["IX_contacts_lifecycle_stage_created_at_id true"], await app.InDatabaseAsync(other => other.Database.SqlQueryRaw<string>(
            "SELECT relname || ' ' || indisvalid AS \"Value\" FROM pg_index JOIN pg_class ON oid = indexrelid WHERE relname LIKE '%stage_created_at%'").ToListAsync()));
    }

    [SkippableFact]
    public async Task A_server_stays_ready_while_a_migration_keeps_its_list_to_itself()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(app));
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<LucitraDbContext>>().CreateDbContextAsync();
        await using var migration = await db.Database.BeginTransactionAsync();
        await db.Database.ExecuteSqlRawAsync("LOCK TABLE \"__EFMigrationsHistory\" IN ACCESS EXCLUSIVE MODE");

        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(app));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_server_whose_schema_lacks_something_is_not_ready_and_says_what(string provider)
    {
        await using var app = await LucitraApp.StartAsync(provider);
        await app.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" LIKE '%_SyncCheckpoints'"));

        using var answer = await app.Client.GetAsync(new Uri("/health/ready", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("SyncCheckpoints. Run 'dotnet Lucitra.Graph.dll migrate'", JsonElement.Parse(await answer.Content.ReadAsStringAsync()).At("checks.schema.description").GetString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_takes_something_away_is_not_applied_unasked()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        await using var app = await LucitraApp.StartAsync(database, configure: NextRelease.Configure);
        var migration = app.Services.GetRequiredService<SchemaMigration>();

        await migration.RunAsync(contract: false, restored: false, CancellationToken.None);
        Assert.Equal([NextRelease.Takes], (await app.Services.RequireMigratedDatabaseAsync(CancellationToken.None)).Missing);

        // A release after the next one, which adds something again.
        var fit = new SchemaFit([NextRelease.Takes, "29990301000000_AddMore"], []);
        Assert.Contains("lacks 2 migrations", fit.Problem, StringComparison.Ordinal);
        Assert.Equal(
            "29990201000000_ContractDropLabel has to be applied before 29990301000000_AddMore, and takes something from releases without it. "
            + "Once none of them serves, run 'dotnet Lucitra.Graph.dll migrate --contract'.",
            Assert.Throws<InvalidSettingException>(() => SchemaMigration.WithoutContracts(fit.Missing)).Message);
    }

    [Theory]
    [InlineData("20270101000000_ContractDropPhone", true)]
    [InlineData("20270101000000_AddContractValue", false)]
    [InlineData("Contract", false)]
    public void A_contract_says_so_in_its_name(string migration, bool isContract) => Assert.Equal(isContract, SchemaFit.IsContract(migration));

    private static async Task<HttpStatusCode> ReadyAsync(LucitraApp app)
    {
        using var answer = await app.Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return answer.StatusCode;
    }
}
