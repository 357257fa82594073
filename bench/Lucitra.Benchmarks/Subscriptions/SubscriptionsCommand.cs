using System.CommandLine;

namespace Lucitra.Benchmarks.Subscriptions;

/// <summary>The options of <c>bench subscriptions</c>.</summary>
internal static class SubscriptionsCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var subscribers = Number("--subscribers", "How many subscribers are open while nothing happens.", 10_000);
        var idle = Number("--idle", "For how many seconds the server's processor time is watched then.", 30);
        var fanOut = Number("--fan-out", "How many subscribers one change is told to.", 1000);
        var changes = Number("--changes", "How many changes each round tells them.", 20);
        var rounds = Number("--rounds", "How many rounds.", 5);
        var rate = Number("--rate", "Webhook events a second.", 200);
        var batch = Number("--batch", "Events in one request, up to 100.", 10);
        var listeners = Number("--listeners", "How many subscribers hear each of these events.", 10);
        var seconds = Number("--seconds", "For how many seconds they come.", 60);
        var program = new Option<string>("--program") { Description = "The folder of the server's program.", DefaultValueFactory = _ => AppContext.BaseDirectory };
        var output = new Option<string>("--output")
        {
            Description = "The file that gets everything that was measured.",
            DefaultValueFactory = _ => Path.Combine(SourceTree.Root, "artifacts", "bench", "subscriptions.json"),
        };
        var command = new RootCommand("Measures what subscribers cost while nothing happens, how a change reaches a thousand of them, and how soon after its webhook. Exit code 0: measured; 1: not.")
        {
            subscribers, idle, fanOut, changes, rounds, rate, batch, listeners, seconds, program, output,
        };
        command.SetAction((parsed, cancellationToken) => SubscriptionsRun.RunAsync(
            new SubscriptionsOptions(
                parsed.GetValue(subscribers), parsed.GetValue(idle), parsed.GetValue(fanOut), parsed.GetValue(changes), parsed.GetValue(rounds), parsed.GetValue(rate),
                parsed.GetValue(batch), parsed.GetValue(listeners), parsed.GetValue(seconds), Path.GetFullPath(parsed.GetValue(program)!), Path.GetFullPath(parsed.GetValue(output)!)),
            cancellationToken));
        return command.Parse(args).InvokeAsync();
    }

    private static Option<int> Number(string name, string description, int usual)
    {
        var option = new Option<int>(name) { Description = $"{description} Left out: {usual}.", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError($"{name} takes a number from 1.");
        });
        return option;
    }
}
