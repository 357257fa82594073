using System.CommandLine;

namespace Lucitra.Benchmarks;

/// <summary>What the commands that measure have in common.</summary>
internal static class BenchCommand
{
    /// <summary>An option that takes a number.</summary>
    public static Option<int> Number(string name, string description, int usual, int least = 1)
    {
        var option = new Option<int>(name) { Description = $"{description} Left out: {usual}.", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least)
                result.AddError($"{name} takes a number from {least}.");
        });
        return option;
    }

    /// <summary>Where the server's program is.</summary>
    public static Option<string> Program() => new("--program") { Description = "The folder of the server's program.", DefaultValueFactory = _ => AppContext.BaseDirectory };

    /// <summary>Where everything that was measured goes.</summary>
    public static Option<string> Output(string file) => new("--output")
    {
        Description = "The file that gets everything that was measured.",
        DefaultValueFactory = _ => Path.Combine(SourceTree.Root, "artifacts", "bench", file),
    };

    public static string PathOf(this ParseResult parsed, Option<string> option) => Path.GetFullPath(parsed.GetValue(option)!);

    /// <summary>Measures as the arguments say; where that cannot be, it says why and gives exit code 1.</summary>
    public static Task<int> InvokeAsync(this RootCommand command, string[] args, Func<ParseResult, CancellationToken, Task<int>> measure)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await measure(parsed, cancellationToken);
            }
            catch (BenchFailure failure)
            {
                await Console.Error.WriteLineAsync(failure.Message);
                return 1;
            }
        });
        return command.Parse(args).InvokeAsync(cancellationToken: CancellationToken.None);
    }
}
