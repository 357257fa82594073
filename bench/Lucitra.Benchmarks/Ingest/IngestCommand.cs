using System.CommandLine;
using System.Globalization;

namespace Lucitra.Benchmarks.Ingest;

/// <summary><c>bench ingest</c>: how fast webhooks are acknowledged, and how fast they are applied.</summary>
internal static class IngestCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var rounds = Number("--rounds", "How often each receiver is measured with each batch.", 5);
        var seconds = Number("--seconds", "About how long each time.", 4);
        var connections = Number("--connections", "How many requests are under way at once.", 32);
        var batches = new Option<int[]>("--batches")
        {
            Description = "Events in a request; several with commas between, 0 to measure the import alone.",
            DefaultValueFactory = _ => [1, 10, 100],
            CustomParser = result => Array.ConvertAll(result.Tokens[0].Value.Split(','), text => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)),
        };
        var contacts = Number("--contacts", "Contacts of the import, each with eight properties; 0 leaves it out.", 20_000);
        var way = Number("--way", "For how many milliseconds a request of the import is on its way: HubSpot is not on this machine.", 50);
        var program = new Option<string>("--program") { Description = "The folder of the server's program.", DefaultValueFactory = _ => AppContext.BaseDirectory };
        var output = new Option<string>("--output")
        {
            Description = "The file that gets everything that was measured.",
            DefaultValueFactory = _ => Path.Combine(SourceTree.Root, "artifacts", "bench", "ingest.json"),
        };
        var command = new RootCommand("Measures how fast webhooks are acknowledged, beside an endpoint that only keeps them, and how fast an import is applied. Exit code 0: measured; 1: not.")
        {
            rounds, seconds, connections, batches, contacts, way, program, output,
        };
        command.SetAction((parsed, _) => MeasureAsync(new IngestOptions(
            parsed.GetValue(rounds), parsed.GetValue(seconds), parsed.GetValue(connections), [.. parsed.GetValue(batches)!.Where(batch => batch > 0)],
            parsed.GetValue(contacts), TimeSpan.FromMilliseconds(parsed.GetValue(way)),
            Path.GetFullPath(parsed.GetValue(program)!), Path.GetFullPath(parsed.GetValue(output)!))));
        return command.Parse(args).InvokeAsync();
    }

    private static async Task<int> MeasureAsync(IngestOptions options)
    {
        if (BenchDatabase.Server() is not { } server)
            return 1;
        try
        {
            var acknowledged = options.Batches.Length > 0 ? await new AcknowledgeBench(server, options).RunAsync() : [];
            var imports = options.Contacts > 0 ? await new ImportBench(server, options).RunAsync() : [];
            IngestReport.Print(acknowledged, imports);
            await IngestReport.WriteAsync(options.Output, acknowledged, imports);
            return 0;
        }
        catch (BenchFailure failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static Option<int> Number(string name, string description, int usual) => new(name) { Description = description, DefaultValueFactory = _ => usual };
}
