using Lucitra.Benchmarks.Comparison;
using Lucitra.Benchmarks.Ingest;
using Lucitra.Benchmarks.Start;
using Lucitra.Benchmarks.Subscriptions;

namespace Lucitra.Benchmarks;

/// <summary>What can be measured: a line each.</summary>
internal static class Bench
{
    public static Task<int> Main(string[] args) => args switch
    {
        ["--smoke"] => Smoke.RunAsync(),
        ["micro", .. var options] => Task.FromResult(MicroBenchmarks.Run(options)),
        ["analytics", .. var sizes] => DashboardGrowth.RunAsync(sizes),
        ["ingest", .. var options] => IngestCommand.RunAsync(options),
        ["subscriptions", .. var options] => SubscriptionsCommand.RunAsync(options),
        ["start", .. var options] => StartCommand.RunAsync(options),
        _ => ComparisonCommand.RunAsync(args),
    };
}
