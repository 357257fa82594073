using System.Globalization;
using System.Text.Json;
using Lucitra.Benchmarks.Comparison;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>Prints what was measured as tables, and keeps it as JSON.</summary>
internal static class IngestReport
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true };

    public static void Print(List<AcknowledgeRound> acknowledged, List<ImportResult> imports)
    {
        if (acknowledged.Count > 0)
            Console.WriteLine("\n| events in a request | receiver | events/s | requests/s | server CPU per event, µs | PostgreSQL CPU per event, µs | of raw, per round |\n|--:|---|--:|--:|--:|--:|--:|");
        foreach (var batch in acknowledged.GroupBy(round => round.Batch))
        {
            Print(batch.Key, "lucitra", [.. batch.Select(round => round.Lucitra)], Spread.Of(batch.Select(round => round.Ratio)).Text("0.00"));
            Print(batch.Key, "raw", [.. batch.Select(round => round.Raw)], "");
        }

        imports.ForEach(Print);
    }

    public static async Task WriteAsync(string file, List<AcknowledgeRound> acknowledged, List<ImportResult> imports)
    {
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { acknowledged, imports }, _json));
        Console.WriteLine($"\n{file}");
    }

    private static void Print(int batch, string receiver, List<Acknowledged> rounds, string ratio)
    {
        var postgres = rounds[0].PostgresSeconds is null ? "–" : Spread.Of(rounds.Select(one => one.PostgresPerEvent!.Value)).Text("0.0");
        Console.WriteLine($"| {batch} | {receiver} | {Text(one => one.EventsPerSecond, "0")} | {Text(one => one.RequestsPerSecond, "0")} | {Text(one => one.ServerPerEvent, "0.0")} | {postgres} | {ratio} |");

        string Text(Func<Acknowledged, double> figure, string format) => Spread.Of(rounds.Select(figure)).Text(format);
    }

    private static void Print(ImportResult import)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            Import of {import.Events} events, {(import.WaySeconds > 0 ? $"each request {import.WaySeconds * 1000:0} ms on its way" : "as fast as they are acknowledged")}:

            | acknowledged/s | applied/s meanwhile | of those acknowledged | applied/s in all | last applied after the last acknowledgement | largest lag | server CPU per event | PostgreSQL CPU per event | statements per event |
            |--:|--:|--:|--:|--:|--:|--:|--:|--:|
            | {import.AcknowledgedPerSecond:0} | {import.AppliedMeanwhilePerSecond:0} | {import.AppliedMeanwhilePerSecond / import.AcknowledgedPerSecond:0.00} | {import.AppliedPerSecond:0} | {import.DrainedAfter:0.0} s | {import.LargestLag:0.0} s | {import.ServerSeconds * 1e6 / import.Events:0.0} µs | {(import.PostgresSeconds is { } postgres ? $"{postgres * 1e6 / import.Events:0.0} µs" : "–")} | {(import.Statements is { } count ? $"{(double)count / import.Events:0.000}" : "–")} |

            """));
        foreach (var statement in import.Costliest)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{statement.Milliseconds,9:0} ms {statement.Calls,8} x {statement.Text}"));
    }
}
