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
        var rounds = BenchCommand.Number("--rounds", "How often each case is measured with each server.", 5);
        var seconds = BenchCommand.Number("--seconds", "How long each time.", 3);
        var warmUp = BenchCommand.Number("--warm-up", "For how many seconds each server is asked before the first round, all its cases together.", 25, least: 0);
        var program = BenchCommand.Program();
        var output = BenchCommand.Output("comparison.json");
        var keep = new Option<bool>("--keep") { Description = "Leaves the databases on the server that LUCITRA_BENCH_POSTGRES names, and takes those that were left; not with a case that writes." };
        var command = new RootCommand("Compares Lucitra with statements written by hand and with PostGraphile, over HTTP. Exit code 0: measured; 1: not, or an answer was wrong.")
        {
            cases, peers, connections, rows, rounds, seconds, warmUp, program, output, keep,
        };
        return command.InvokeAsync(args, (parsed, cancellationToken) => ComparisonRun.RunAsync(
            new ComparisonOptions(
                parsed.GetValue(cases)!, parsed.GetValue(peers)!, parsed.GetValue(connections)!, parsed.GetValue(rounds), parsed.GetValue(seconds),
                parsed.GetValue(warmUp), parsed.GetValue(rows)!, parsed.PathOf(program), parsed.PathOf(output), parsed.GetValue(keep)),
            cancellationToken));
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
