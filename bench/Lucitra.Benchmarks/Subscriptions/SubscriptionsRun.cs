using System.Globalization;
using System.Text.Json;
using Lucitra.Benchmarks.Comparison;

namespace Lucitra.Benchmarks.Subscriptions;

/// <summary>Measures subscriptions on a database of its own, prints the tables, and writes everything as JSON.</summary>
internal static class SubscriptionsRun
{
    private const int SubscriptionsOfASocket = 100;
    private const double Kilobyte = 1024;
    private const double Megabyte = 1024 * 1024;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<int> RunAsync(SubscriptionsOptions options, CancellationToken cancellationToken)
    {
        if (BenchDatabase.Server() is not { } server)
            return 1;

        var logs = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(options.Output)!, "logs")).FullName;
        await using var database = await BenchDatabase.CreateAsync(server, 1000, 1000);
        List<IdleMeasurement> idle = [];
        foreach (var each in new[] { SubscriptionsOfASocket, 1 })
            idle.Add(await IdleMeasurement.RunAsync(database.ConnectionString, options, Math.Max(1, options.Subscribers / each), each, Path.Combine(logs, $"subscriptions-idle-{each}.log")));
        var fanOut = await FanOutMeasurement.RunAsync(database.ConnectionString, options, Path.Combine(logs, "subscriptions-fan-out.log"));
        var latency = await LatencyMeasurement.RunAsync(database.ConnectionString, options, Path.Combine(logs, "subscriptions-latency.log"));

        Console.WriteLine($"\n{Machine.Describe()}");
        Print(idle);
        Print(fanOut, options);
        Print(latency);
        await using var file = File.Create(options.Output);
        await JsonSerializer.SerializeAsync(file, new { machine = Machine.Describe(), options, idle, fanOut, latency }, _json, cancellationToken);
        Console.WriteLine($"\nAll figures are in {options.Output}.");
        return 0;
    }

    private static void Print(List<IdleMeasurement> idle)
    {
        Console.WriteLine("\n| idle subscribers | sockets | RSS before, after | RSS each | objects before, after | objects each | of a core, without them |\n|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var one in idle)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {one.Subscribers} | {one.Sockets} | {one.Before.Resident / Megabyte:0}, {one.After.Resident / Megabyte:0} MiB | {one.ResidentEach / Kilobyte:0.0} KiB | {one.Before.Managed / Megabyte:0}, {one.After.Managed / Megabyte:0} MiB | {one.ManagedEach / Kilobyte:0.0} KiB | {one.CoreShare:0.0%}, {one.CoreShareBefore:0.0%} |"));
        }
    }

    private static void Print(IReadOnlyList<FanOutMeasurement> fanOut, SubscriptionsOptions options)
    {
        Console.WriteLine("\n| subscribers | different selections | executions a change | last told after ms | server µs a message | PostgreSQL µs a message |\n|--:|--:|--:|--:|--:|--:|");
        foreach (var group in fanOut.GroupBy(one => one.Selections))
        {
            var database = group.Any(one => one.DatabaseMicroseconds is null) ? "–" : Spread.Of(group.Select(one => one.DatabaseMicroseconds!.Value)).Text("0.0");
            Console.WriteLine(
                $"| {options.FanOut} | {group.Key} | {Spread.Of(group.Select(one => one.Executions)).Text("0.0")} | {Spread.Of(group.Select(one => one.LastMilliseconds)).Text("0.0")} | {Spread.Of(group.Select(one => one.ServerMicroseconds)).Text("0.0")} | {database} |");
        }
    }

    private static void Print(LatencyMeasurement one) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"\n| events/s | in a request | subscribers | messages | p50 ms | p95 ms | p99 ms | longest ms | of a core |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n| {one.Rate} | {one.Batch} | {one.Listeners} | {one.Messages} | {one.P50:0.0} | {one.P95:0.0} | {one.P99:0.0} | {one.Longest:0.0} | {one.CoreShare:0%} |"));
}
