using Lucitra.Benchmarks.Comparison;
using Lucitra.Benchmarks.Ingest;

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
        _ => ComparisonCommand.RunAsync(args),
    };
}
