using System.CommandLine;

namespace Lucitra.Benchmarks.Start;

/// <summary>The options of <c>bench start</c>.</summary>
internal static class StartCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var rounds = BenchCommand.Number("--rounds", "How often the server is started with each setting.", 5);
        var seconds = BenchCommand.Number("--seconds", "For how many seconds it is under load then.", 5);
        var cores = BenchCommand.Number("--cores", "How many cores the server has; one, as on the smallest of Cloud Run's instances.", 1);
        var program = BenchCommand.Program();
        var output = BenchCommand.Output("start.json");
        var command = new RootCommand("Measures how soon the server is ready and answers, and how much memory it takes idle and under load. Exit code 0: measured; 1: not.") { rounds, seconds, cores, program, output };
        return command.InvokeAsync(args, (parsed, cancellationToken) => StartRun.RunAsync(
            new StartOptions(parsed.GetValue(rounds), parsed.GetValue(seconds), parsed.GetValue(cores), parsed.PathOf(program), parsed.PathOf(output)),
            cancellationToken));
    }
}
