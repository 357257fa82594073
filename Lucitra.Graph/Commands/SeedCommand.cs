using System.CommandLine;
using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Database;
using Lucitra.Graph.Seeding;
using Lucitra.Graph.Startup;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Commands;

/// <summary><c>seed</c>: fills the database with demo data.</summary>
internal static class SeedCommand
{
    public static Command Create()
    {
        var contacts = Amount("--contacts", "How many contacts.", 1_000);
        var deals = Amount("--deals", "How many deals.", 500);
        var seed = new Option<int>("--seed") { Description = "What chance begins with: the same number makes the same data, up to the present moment.", DefaultValueFactory = _ => 1 };
        var command = new Command("seed", "Adds demo data: owners, contacts, deals, their links and the history of deals' stages. Exit code 0: added; 1: stopped, and nothing added.")
        {
            contacts, deals, seed,
        };
        command.SetAction((parsed, cancellationToken) => Failures.ReportAsync(async () =>
        {
            var builder = ServerDefaults.CreateBuilder([]);
            builder.Services.AddDatabase(builder.Configuration, builder.Environment);
            await using var services = builder.Services.BuildServiceProvider();
            if (builder.Environment.IsDevelopment())
                await services.MigrateDatabaseAsync(cancellationToken);
            else
                await services.RequireMigratedDatabaseAsync(cancellationToken);

            var (contexts, clock) = (services.GetRequiredService<IDbContextFactory<LucitraDbContext>>(), services.GetRequiredService<TimeProvider>());
            var plan = new SeedPlan(parsed.GetValue(contacts), parsed.GetValue(deals), parsed.GetValue(seed), clock.UtcNow());
            await RunAsync(contexts, clock, plan, Console.WriteLine, cancellationToken);
        }));
        return command;
    }

    /// <summary>Adds what is planned, in one transaction, and makes the rollups anew.</summary>
    public static async Task RunAsync(IDbContextFactory<LucitraDbContext> contexts, TimeProvider clock, SeedPlan plan, Action<string> report, CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            db.Database.SetCommandTimeout(TimeSpan.Zero);
            await using var write = await db.BeginWriteAsync(cancellationToken);
            foreach (var table in plan.Tables())
            {
                var start = clock.GetTimestamp();
                var rows = await db.AddRowsAsync(table, cancellationToken);
                var seconds = clock.GetElapsedTime(start).TotalSeconds;
                report($"{table.Name}: {rows} rows in {seconds:0.0} s{(seconds > 0 ? $", {rows / seconds:0} a second" : "")}");
            }

            await write.CommitAsync(cancellationToken);
        }

        var begin = clock.GetTimestamp();
        var records = await RollupRebuild.RunAsync(contexts, clock, cancellationToken);
        report($"rollups of {records} records in {clock.GetElapsedTime(begin).TotalSeconds:0.0} s");
    }

    private static Option<int> Amount(string name, string description, int usual)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
                result.AddError($"{name} cannot be negative.");
        });
        return option;
    }
}
