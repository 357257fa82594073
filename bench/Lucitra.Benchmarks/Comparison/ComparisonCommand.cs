using System.CommandLine;
using System.Globalization;

namespace Lucitra.Benchmarks.Comparison;

/// <summary>The comparison's options.</summary>
internal static class ComparisonCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var cases = Names("--cases", $"Which cases, with commas between: {string.Join(", ", Cases.Names)}. Left out: all.", Cases.Names, Cases.Names);
        var peers = Names("--peers", $"Which servers: {string.Join(", ", Peers.All)}. Left out: all that are installed.", Peers.All, Peers.Installed);
        var connections = Numbers("--connections", "How many connections ask at once; several with commas between.", 1, 32, 256);
        var rows = Numbers("--rows", "How many contacts, and as many deals, the database holds; several with commas between, measured in the same rounds.", 100_000);
        var rounds = new Option<int>("--rounds") { Description = "How often each case is measured with each server.", DefaultValueFactory = _ => 5 };
        var seconds = new Option<int>("--seconds") { Description = "How long each time.", DefaultValueFactory = _ => 3 };
        var warmUp = new Option<int>("--warm-up") { Description = "For how many seconds each server is asked before the first round, all its cases together.", DefaultValueFactory = _ => 25 };
        var program = new Option<string>("--program") { Description = "The folder of the server's program.", DefaultValueFactory = _ => AppContext.BaseDirectory };
        var output = new Option<string>("--output")
        {
            Description = "The file that gets everything that was measured.",
            DefaultValueFactory = _ => Path.Combine(SourceTree.Root, "artifacts", "bench", "comparison.json"),
        };
        var keep = new Option<bool>("--keep") { Description = "Leaves the databases on the server that LUCITRA_BENCH_POSTGRES names, and takes those that were left; not with a case that writes." };
        var command = new RootCommand("Compares Lucitra with statements written by hand and with PostGraphile, over HTTP. Exit code 0: measured; 1: not, or an answer was wrong.")
        {
            cases, peers, connections, rows, rounds, seconds, warmUp, program, output, keep,
        };
        command.SetAction((parsed, cancellationToken) => ComparisonRun.RunAsync(
            new ComparisonOptions(
                parsed.GetValue(cases)!, parsed.GetValue(peers)!, parsed.GetValue(connections)!, parsed.GetValue(rounds), parsed.GetValue(seconds),
                parsed.GetValue(warmUp), parsed.GetValue(rows)!, Path.GetFullPath(parsed.GetValue(program)!), Path.GetFullPath(parsed.GetValue(output)!), parsed.GetValue(keep)),
            cancellationToken));
        return command.Parse(args).InvokeAsync();
    }

    private static Option<string[]> Names(string name, string description, IReadOnlyList<string> all, IReadOnlyList<string> usual)
    {
        var option = new Option<string[]>(name)
        {
            Description = description,
            DefaultValueFactory = _ => [.. usual],
            CustomParser = result => result.Tokens[0].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        };
        option.Validators.Add(result =>
        {
            foreach (var unknown in result.GetValueOrDefault<string[]>().Except(all))
                result.AddError($"{name} has no {unknown}; there are: {string.Join(", ", all)}.");
        });
        return option;
    }

    private static Option<int[]> Numbers(string name, string description, params int[] usual) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var numbers = new List<int>();
            foreach (var text in result.Tokens[0].Value.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
                    numbers.Add(number);
                else
                    result.AddError($"{name} takes numbers, not {text}.");
            }

            return [.. numbers];
        },
    };
}
