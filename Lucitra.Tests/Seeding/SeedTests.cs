using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Commands;
using Lucitra.Graph.Database;
using Lucitra.Graph.Seeding;
using Lucitra.Tests.Analytics;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Seeding;

public sealed class SeedTests
{
    [SkippableTheory, BothDatabases]
    public async Task Demo_data_is_the_same_for_the_same_seed_and_counts_in_every_figure(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);
        await using var twin = await LucitraApp.StartAsync(database);
        foreach (var one in new[] { app, twin })
        {
            var contexts = one.Services.GetRequiredService<IDbContextFactory<LucitraDbContext>>();
            var plan = new SeedPlan(contacts: 60, deals: 40, seed: 7, new DateTime(2026, 11, 26, 0, 0, 0, DateTimeKind.Utc));
            await SeedCommand.RunAsync(contexts, TimeProvider.System, plan, _ => { }, CancellationToken.None);
        }

        Assert.Equal(await DealsAsync(app), await DealsAsync(twin));
        var dashboard = await app.DashboardAsync(new { from = "2020-01-01", to = "2026-11-26" });
        Assert.Equal(("60", "40"), (dashboard.Text("contacts.total.current"), dashboard.Text("deals.created.current")));
        Assert.Equal(40, await app.InDatabaseAsync(db => db.DealContacts.CountAsync()));
        var velocity = await app.QueryAsync("""{ analytics { stageVelocity(from: "2020-01-01") { totalCount } } }""");
        Assert.True(velocity.At("analytics.stageVelocity.totalCount").GetInt32() > 2);
        Assert.True(await app.InDatabaseAsync(db => db.Rollups.AnyAsync(rollup => rollup.Figure == RollupFigure.DealsOpen)));
    }

    [SkippableFact]
    public async Task Demo_data_leaves_every_index_as_it_was()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres);
        var before = await IndexesAsync(app);
        var plan = new SeedPlan(contacts: 60, deals: 40, seed: 7, new DateTime(2026, 11, 26, 0, 0, 0, DateTimeKind.Utc));
        await SeedCommand.RunAsync(app.Services.GetRequiredService<IDbContextFactory<LucitraDbContext>>(), TimeProvider.System, plan, _ => { }, CancellationToken.None);
        Assert.Contains(before, index => index.Contains("gin_trgm_ops", StringComparison.Ordinal));
        Assert.Equal(before, await IndexesAsync(app));
    }

    private static Task<List<string>> IndexesAsync(LucitraApp app) => app.InDatabaseAsync(db => db.Database
        .SqlQuery<string>($"""
            SELECT pg_get_indexdef(indexrelid) || CASE WHEN indisvalid THEN '' ELSE ' INVALID' END AS "Value" FROM pg_index
            WHERE indrelid::regclass::text IN ('owners', 'contacts', 'deals', 'deal_contacts', 'record_changes') ORDER BY 1
            """)
        .ToListAsync());

    private static Task<List<string>> DealsAsync(LucitraApp app) => app.InDatabaseAsync(async db =>
        (await db.Deals.AsNoTracking().OrderBy(deal => deal.Id).ToListAsync()).ConvertAll(deal => $"{deal.Id} {deal.Name} {deal.Amount:0.00} {deal.StageId} {deal.CloseDate:O} {deal.CreatedAt:O}"));
}
