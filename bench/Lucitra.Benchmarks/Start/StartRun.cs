using System.Globalization;
using System.Text.Json;
using Lucitra.Benchmarks.Comparison;

namespace Lucitra.Benchmarks.Start;

/// <summary>Starts the server in all ways in turn, prints a table, and writes everything as JSON.</summary>
internal static class StartRun
{
    private const int Records = 10_000;
    private const int Sessions = 16;
    private const double Megabyte = 1024 * 1024;

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<int> RunAsync(StartOptions options, CancellationToken cancellationToken)
    {
        if (BenchDatabase.Server() is not { } server)
            return 1;

        var logs = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(options.Output)!, "logs")).FullName;
        await using var database = await BenchDatabase.CreateAsync(server, Records, Records);
        var settings = LucitraProgram.Settings(database.ConnectionString, Sessions);
        var question = new Question(await LucitraProgram.ApiKeyAsync(options.Program, settings));
        var measured = new List<StartMeasurement>();
        for (var round = 0; round <= options.Rounds; round++)
        {
            foreach (var variant in Variant.All(options.Program))
            {
                var one = await StartMeasurement.RunAsync(variant, settings, question, options, Path.Combine(logs, "start.log"));

                // The first round brings files into memory.
                if (round > 0)
                    measured.Add(one);
            }
        }

        var size = new DirectoryInfo(options.Program).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Print(measured, options, size);
        await using var output = File.Create(options.Output);
        await JsonSerializer.SerializeAsync(output, new { machine = Machine.Describe(), options, size, measured }, _json, cancellationToken);
        Console.WriteLine($"\nEvery start is in {options.Output}.");
        return 0;
    }

    private static void Print(List<StartMeasurement> measured, StartOptions options, long size)
    {
        Console.WriteLine($"\nMedians of {options.Rounds} starts, with the least and the greatest; ratios are to the first line in the same round. {options.Cores} of {Machine.Describe()}\n");
        Console.WriteLine("| run | ready ms | first answer ms | both ms | ratio | processor ms | idle MiB | loaded MiB | requests/s | ratio |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        var groups = measured.GroupBy(one => one.Variant).Select(group => group.ToList()).ToList();
        foreach (var group in groups)
        {
            Console.WriteLine(
                $"| {group[0].Variant} | {Text(group, one => one.Ready)} | {Text(group, one => one.First)} | {Text(group, one => one.Total)} | {Ratio(group, groups[0], one => one.Total)} | {Text(group, one => one.ProcessorTime)} | {Text(group, one => one.Idle / Megabyte)} | {Text(group, one => one.Loaded / Megabyte)} | {Text(group, one => one.Requests)} | {Ratio(group, groups[0], one => one.Requests)} |");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nThe released program is {size / Megabyte:0} MiB."));
    }

    private static string Text(List<StartMeasurement> group, Func<StartMeasurement, double> value) => Spread.Of(group.Select(value)).Text("0");

    private static string Ratio(List<StartMeasurement> group, List<StartMeasurement> first, Func<StartMeasurement, double> value) =>
        Spread.Of(group.Zip(first, (one, other) => value(one) / value(other))).Text("0.00");
}
