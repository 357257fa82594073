using System.CommandLine;

namespace Lucitra.Benchmarks.Start;

/// <summary>The options of <c>bench start</c>.</summary>
internal static class StartCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var rounds = new Option<int>("--rounds") { Description = "How often the server is started with each setting. Left out: 5.", DefaultValueFactory = _ => 5 };
        var seconds = new Option<int>("--seconds") { Description = "For how many seconds it is under load then. Left out: 5.", DefaultValueFactory = _ => 5 };
        var cores = new Option<int>("--cores") { Description = "How many cores the server has. Left out: 1, as on the smallest of Cloud Run's instances.", DefaultValueFactory = _ => 1 };
        var program = new Option<string>("--program") { Description = "The folder of the server's program, as it is released.", DefaultValueFactory = _ => AppContext.BaseDirectory };
        var output = new Option<string>("--output")
        {
            Description = "The file that gets everything that was measured.",
            DefaultValueFactory = _ => Path.Combine(SourceTree.Root, "artifacts", "bench", "start.json"),
        };
        var command = new RootCommand("Measures how soon the server is ready and answers, and how much memory it takes idle and under load. Exit code 0: measured; 1: not.") { rounds, seconds, cores, program, output };
        command.SetAction((parsed, cancellationToken) => StartRun.RunAsync(
            new StartOptions(parsed.GetValue(rounds), parsed.GetValue(seconds), parsed.GetValue(cores), Path.GetFullPath(parsed.GetValue(program)!), Path.GetFullPath(parsed.GetValue(output)!)),
            cancellationToken));
        return command.Parse(args).InvokeAsync();
    }
}
