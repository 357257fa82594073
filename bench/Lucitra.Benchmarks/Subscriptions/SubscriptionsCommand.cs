using System.CommandLine;

namespace Lucitra.Benchmarks.Subscriptions;

/// <summary>The options of <c>bench subscriptions</c>.</summary>
internal static class SubscriptionsCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var subscribers = BenchCommand.Number("--subscribers", "How many subscribers are open while nothing happens.", 10_000);
        var idle = BenchCommand.Number("--idle", "For how many seconds the server's processor time is watched then.", 30);
        var fanOut = BenchCommand.Number("--fan-out", "How many subscribers one change is told to.", 1000);
        var changes = BenchCommand.Number("--changes", "How many changes each round tells them.", 20);
        var rounds = BenchCommand.Number("--rounds", "How many rounds.", 5);
        var rate = BenchCommand.Number("--rate", "Webhook events a second.", 200);
        var batch = BenchCommand.Number("--batch", "Events in one request, up to 100.", 10);
        var listeners = BenchCommand.Number("--listeners", "How many subscribers hear each of these events.", 10);
        var seconds = BenchCommand.Number("--seconds", "For how many seconds they come.", 60);
        var program = BenchCommand.Program();
        var output = BenchCommand.Output("subscriptions.json");
        var command = new RootCommand("Measures what subscribers cost while nothing happens, how a change reaches a thousand of them, and how soon after its webhook. Exit code 0: measured; 1: not.")
        {
            subscribers, idle, fanOut, changes, rounds, rate, batch, listeners, seconds, program, output,
        };
        return command.InvokeAsync(args, (parsed, cancellationToken) => SubscriptionsRun.RunAsync(
            new SubscriptionsOptions(
                parsed.GetValue(subscribers), parsed.GetValue(idle), parsed.GetValue(fanOut), parsed.GetValue(changes), parsed.GetValue(rounds), parsed.GetValue(rate),
                parsed.GetValue(batch), parsed.GetValue(listeners), parsed.GetValue(seconds), parsed.PathOf(program), parsed.PathOf(output)),
            cancellationToken));
    }
}
