using System.Diagnostics;
using System.Globalization;
using Lucitra.Graph.Analytics;
using Lucitra.Graph.Analytics.Dashboards;
using Lucitra.Graph.Database;
using Lucitra.Tests.Analytics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lucitra.Benchmarks;

/// <summary>
/// How the time of a dashboard grows with the number of deals, on PostgreSQL: beside the statements of docs/analytics.md over
/// the rows, which give the same figures, and beside <c>SELECT 1</c>.
/// </summary>
internal static class DashboardGrowth
{
    private const string Zone = "Europe/Lisbon";
    private const int DealsPerContact = 2;

    private static readonly int[] _sizes = [10_000, 100_000, 1_000_000];

    public static async Task<int> RunAsync(string[] sizes)
    {
        if (BenchDatabase.Server() is not { } server)
            return 1;

        var rows = new List<string>();
        foreach (var size in sizes.Length == 0 ? Array.ConvertAll(_sizes, size => size.ToString(CultureInfo.InvariantCulture)) : sizes)
        {
            rows.Add(int.TryParse(size, CultureInfo.InvariantCulture, out var deals)
                ? await SeedAndMeasureAsync(server, deals)
                : await MeasureAsync(BenchDatabase.ConnectionTo(server, size), size));
        }

        Console.WriteLine("\n| deals | SELECT 1 | dashboard | GROUP BY over the rows | dashboard / SELECT 1 | GROUP BY / dashboard |\n|--:|--:|--:|--:|--:|--:|");
        rows.ForEach(Console.WriteLine);
        return 0;
    }

    private static async Task<string> SeedAndMeasureAsync(string server, int deals)
    {
        await using var database = await BenchDatabase.CreateAsync(server, deals / DealsPerContact, deals);
        return await MeasureAsync(database.ConnectionString, deals.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<string> MeasureAsync(string connection, string name)
    {
        await using var services = BenchDatabase.Services(connection);
        var one = await MedianAsync(500, () => BenchDatabase.ExecuteAsync(connection, "SELECT 1"));
        var reader = new DashboardReader(services.GetRequiredService<IDbContextFactory<LucitraDbContext>>(), new SharedReads(), TimeProvider.System);
        var request = new DashboardRequest(new RangeArguments(null, null, Zone, null), null, null, 14);
        var dashboard = await MedianAsync(50, () => reader.ReadAsync(request, CancellationToken.None));
        var plain = await MedianAsync(3, () => ReadRowsAsync(connection, request));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {one:0.00} ms | {dashboard:0.0} ms | {plain:0} ms | {dashboard / one:0} | {plain / dashboard:0.0} |");
    }

    // Every figure that the page defines, of the range and of the one before.
    private static async Task ReadRowsAsync(string connection, DashboardRequest request)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var range = request.RangeAt(now);
        var statements = FigureStatements.In(await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "docs", "analytics.md")));
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        foreach (var days in new[] { range, range.Previous })
        {
            foreach (var name in statements.Names)
            {
                await using var command = new NpgsqlCommand(statements.Of(name), open);
                command.Parameters.AddWithValue("start", days.Beginning(days.From));
                command.Parameters.AddWithValue("end", days.Beginning(days.To.AddDays(1)));
                command.Parameters.AddWithValue("today", days.Beginning(range.To));
                command.Parameters.AddWithValue("idle", now.Date.AddDays(-request.IdleDays));
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                {
                    // Only the time counts.
                }
            }
        }
    }

    private static async Task<double> MedianAsync(int times, Func<Task> work)
    {
        await work();
        var spent = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await work();
            spent.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return Percentile.Of(0.5, [.. spent.Order()]);
    }
}
