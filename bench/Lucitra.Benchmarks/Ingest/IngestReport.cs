using System.Globalization;
using System.Text.Json;
using Lucitra.Graph.Analytics;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>Prints what was measured as tables, and keeps it as JSON.</summary>
internal static class IngestReport
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true };

    public static void Print(IReadOnlyCollection<AcknowledgeResult> results)
    {
        if (results.Count == 0)
            return;

        Console.WriteLine("\n| events in a request | peer | events/s | requests/s | server CPU per event | PostgreSQL CPU per event | of the bare endpoint, per round |\n|--:|---|--:|--:|--:|--:|--:|");
        foreach (var batch in results.GroupBy(result => result.Batch))
        {
            Print(batch.Key, "Lucitra", [.. batch.Select(result => result.Lucitra)], Spread([.. batch.Select(result => result.Ratio)]));
            Print(batch.Key, "bare", [.. batch.Select(result => result.Bare)], "");
        }
    }

    public static void Print(IReadOnlyCollection<ImportResult> results)
    {
        foreach (var import in results)
            import.Print();
    }

    public static async Task WriteAsync(IReadOnlyCollection<AcknowledgeResult> acknowledged, IReadOnlyCollection<ImportResult> imports)
    {
        var file = Path.Combine(BenchPaths.Results, "ingest.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { acknowledged, imports }, _json));
        Console.WriteLine($"\n{file}");
    }

    private static void Print(int batch, string peer, IReadOnlyList<Acknowledged> rounds, string ratio) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {batch} | {peer} | {Median(rounds, one => one.EventsPerSecond):0} | {Median(rounds, one => one.RequestsPerSecond):0} | {Median(rounds, one => one.ServerPerRequest / batch):0.0} µs | {PostgresCost(rounds, batch)} | {ratio} |"));

    private static string PostgresCost(IReadOnlyList<Acknowledged> rounds, int batch) => rounds[0].Postgres is null
        ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{Median(rounds, one => one.PostgresPerRequest!.Value / batch):0.0} µs");

    private static string Spread(IReadOnlyList<double> ratios) => string.Create(
        CultureInfo.InvariantCulture, $"{Percentile.Of(0.5, [.. ratios.Order()]):0.00} ({ratios.Min():0.00}–{ratios.Max():0.00})");

    private static double Median(IReadOnlyList<Acknowledged> rounds, Func<Acknowledged, double> figure) => Percentile.Of(0.5, [.. rounds.Select(figure).Order()]);
}
