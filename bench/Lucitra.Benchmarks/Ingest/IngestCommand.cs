using System.CommandLine;
using System.Globalization;

namespace Lucitra.Benchmarks.Ingest;

/// <summary><c>bench ingest</c>: how fast webhooks are acknowledged, and how fast they are applied.</summary>
internal static class IngestCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var rounds = BenchCommand.Number("--rounds", "How often each receiver is measured with each batch.", 5);
        var seconds = BenchCommand.Number("--seconds", "About how long each time.", 4);
        var connections = BenchCommand.Number("--connections", "How many requests are under way at once.", 32);
        var batches = new Option<int[]>("--batches")
        {
            Description = "Events in a request; several with commas between, 0 to measure the import alone.",
            DefaultValueFactory = _ => [1, 10, 100],
            CustomParser = result => Array.ConvertAll(result.Tokens[0].Value.Split(','), text => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)),
        };
        var contacts = BenchCommand.Number("--contacts", "Contacts of the import, each with eight properties; 0 leaves it out.", 20_000, least: 0);
        var way = BenchCommand.Number("--way", "For how many milliseconds a request of the import is on its way: HubSpot is not on this machine.", 50, least: 0);
        var program = BenchCommand.Program();
        var output = BenchCommand.Output("ingest.json");
        var command = new RootCommand("Measures how fast webhooks are acknowledged, beside an endpoint that only keeps them, and how fast an import is applied. Exit code 0: measured; 1: not.")
        {
            rounds, seconds, connections, batches, contacts, way, program, output,
        };
        return command.InvokeAsync(args, (parsed, _) => MeasureAsync(new IngestOptions(
            parsed.GetValue(rounds), parsed.GetValue(seconds), parsed.GetValue(connections), [.. parsed.GetValue(batches)!.Where(batch => batch > 0)],
            parsed.GetValue(contacts), TimeSpan.FromMilliseconds(parsed.GetValue(way)),
            parsed.PathOf(program), parsed.PathOf(output))));
    }

    private static async Task<int> MeasureAsync(IngestOptions options)
    {
        if (BenchDatabase.Server() is not { } server)
            return 1;

        var acknowledged = options.Batches.Length > 0 ? await new AcknowledgeBench(server, options).RunAsync() : [];
        var imports = options.Contacts > 0 ? await new ImportBench(server, options).RunAsync() : [];
        IngestReport.Print(acknowledged, imports);
        await IngestReport.WriteAsync(options.Output, acknowledged, imports);
        return 0;
    }
}
