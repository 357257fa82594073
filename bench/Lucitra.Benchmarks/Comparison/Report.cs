using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lucitra.Benchmarks.Comparison;

/// <summary>Prints what was measured as tables, and writes all of it as JSON.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(ComparisonOptions options, IReadOnlyList<Measurement> measurements)
    {
        var results = Results(measurements);
        PrintResults(results, options.Rows.Count > 1);
        PrintGoals(measurements);
        Directory.CreateDirectory(Path.GetDirectoryName(options.Output)!);
        await using var file = File.Create(options.Output);
        await JsonSerializer.SerializeAsync(file, new { machine = Machine.Describe(), options, results, measurements }, _options);
        Console.WriteLine($"\nEvery round is in {options.Output}.");
    }

    private static List<Result> Results(IReadOnlyList<Measurement> measurements) =>
    [
        .. measurements
            .GroupBy(one => (one.Case, one.Connections, one.Rows))
            .SelectMany(group =>
            {
                // In the order of the first round, which begins with the first contender.
                var contenders = group.GroupBy(one => one.Contender).ToList();
                return contenders.Select(contender => Result.Of([.. contender], [.. contenders[0]]));
            }),
    ];

    private static void PrintResults(List<Result> results, bool sizes)
    {
        Console.WriteLine($"\nMedians of the rounds, with the least and the greatest; ratios are to the first of each case in the same round. {Machine.Describe()}\n");
        Console.WriteLine($"| case | connections | {(sizes ? "rows | " : "")}who | requests/s | ratio | server µs | ratio | PostgreSQL µs | p50 ms | p99 ms |");
        Console.WriteLine($"|---|--:|{(sizes ? "--:|" : "")}---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var row in results)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.Case} | {row.Connections} | {(sizes ? $"{row.Rows} | " : "")}{row.Contender} | {row.RequestsPerSecond.Text("0")} | {row.RequestsRatio.Ratio} | {row.ServerMicroseconds.Text("0")} | {row.ServerRatio.Ratio} | {row.DatabaseMicroseconds?.Text("0") ?? "–"} | {row.P50:0.0} | {row.P99:0.0} |"));
        }
    }

    private static void PrintGoals(IReadOnlyList<Measurement> measurements)
    {
        var verdicts = Goals.Judge(measurements);
        if (verdicts.Count == 0)
            return;
        Console.WriteLine("\n| case | connections | goal | measured | |\n|---|--:|---|--:|---|");
        foreach (var verdict in verdicts)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {verdict.Case} | {verdict.Connections} | {verdict.Goal} | {verdict.Measured.Ratio} | {(verdict.Met ? "met" : "missed")} |"));
    }
}
