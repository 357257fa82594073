using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Lucitra.Graph.Analytics;
using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Aggregates;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Analytics;

/// <summary>Whatever happened, rollups are what a count of the rows makes of them, and the dashboard says what docs/analytics.md defines.</summary>
public sealed class RollupHistoryTests
{
    private const int Cases = 12;

    [SkippableTheory, BothDatabases]
    public async Task Rollups_fit_the_rows_after_any_history(string database)
    {
        await using var app = await LucitraApp.StartAsync(database);

        await CheckAsync(app);
    }

    private static async Task CheckAsync(LucitraApp app)
    {
        // FsCheck waits for each case, which would use up the few threads that the test runner gives its tests.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var deals = new List<string>();
        Prop.ForAll(RandomHistory.Any(), one => HoldsAsync(app, one, deals).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
    }

    private static async Task HoldsAsync(LucitraApp app, RandomHistory history, List<string> deals)
    {
        await history.PlayAsync(app, deals);

        var dashboard = await app.DashboardAsync(new { from = $"{history.From:yyyy-MM-dd}", to = $"{history.To:yyyy-MM-dd}", timeZone = history.TimeZone, idleDays = 1 });
        await FitsDefinitionsAsync(app, dashboard, history);

        var kept = await RollupsAsync(app);
        var contexts = app.Services.GetRequiredService<IDbContextFactory<LucitraDbContext>>();
        await RollupRebuild.RunAsync(contexts, TimeProvider.System, CancellationToken.None);
        Assert.Equal(await RollupsAsync(app), kept);
    }

    private static async Task FitsDefinitionsAsync(LucitraApp app, JsonElement dashboard, RandomHistory history)
    {
        var range = new CalendarRange(history.From, history.To, TimeZoneInfo.FindSystemTimeZoneById(history.TimeZone), DateBucket.Day);
        var now = dashboard.At("at").GetDateTime();
        foreach (var (member, days) in new[] { ("current", range), ("previous", range.Previous) })
        {
            var times = new Dictionary<string, DateTime>
            {
                ["start"] = days.Beginning(days.From),
                ["end"] = days.Beginning(days.To.AddDays(1)),
                ["today"] = days.Beginning(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, days.TimeZone))),
                ["idle"] = now.Date.AddDays(-1),
            };
            foreach (var name in FigureDefinitions.Names(app.Database.Provider))
            {
                var expected = (await FigureDefinitions.RunAsync(app, name, times)).Where(IsSome);
                var actual = DashboardFigures.Rows(dashboard, name, member).Where(IsSome);
                Assert.True(expected.SequenceEqual(actual), $"{name} {member}:\n{string.Join('\n', expected)}\nis defined, but the dashboard has\n{string.Join('\n', actual)}");
            }
        }
    }

    // A currency without money in one of the two ranges is there with 0.
    private static bool IsSome(string row) => !row.EndsWith(" 0", StringComparison.Ordinal);

    private static Task<List<string>> RollupsAsync(LucitraApp app) => app.InDatabaseAsync(async db =>
    {
        await using var snapshot = await db.BeginSnapshotAsync(CancellationToken.None);
        var rollups = await db.Rollups.AsNoTracking().Where(one => one.Figure < RollupFigure.EventsReceived).ToListAsync();
        var deltas = await db.RollupDeltas.AsNoTracking().Where(one => one.Figure < RollupFigure.EventsReceived).ToListAsync();
        var all =
            from one in rollups.Select(one => (new RollupKey(one.Figure, one.Grain, one.OwnerId, one.At, one.PipelineId, one.Key, one.Detail), one.Count, one.Amount))
                .Concat(deltas.Select(one => (new RollupKey(one.Figure, one.Grain, one.OwnerId, one.At, one.PipelineId, one.Key, one.Detail), one.Count, one.Amount)))
            group one by one.Item1 into sums
            let sum = (Count: sums.Sum(one => one.Count), Amount: sums.Sum(one => one.Amount))
            where sum != default
            select $"{sums.Key} {sum.Count} {FigureDefinitions.Text(sum.Amount)}";
        return all.Order(StringComparer.Ordinal).ToList();
    });
}
