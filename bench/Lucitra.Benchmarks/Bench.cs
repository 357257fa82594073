using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Lucitra.Benchmarks.Ingest;

namespace Lucitra.Benchmarks;

internal static class Bench
{
    public static readonly Type[] All = [typeof(WebhookBenchmarks), typeof(DocumentBenchmarks), typeof(QueryBenchmarks)];

    // In this process: the server's own project settings would fail the projects that are otherwise made for each run.
    private static readonly IConfig _config = DefaultConfig.Instance
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsMutator())
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumn(StatisticColumn.OperationsPerSecond)
        .HideColumns("Job", "Toolchain", "Error", "StdDev", "Median", "RatioSD", "Gen0", "Gen1", "Gen2", "Alloc Ratio");

    public static async Task<int> Main(string[] args)
    {
        if (args is ["--smoke"])
            return await Smoke.RunAsync();
        if (args is ["analytics", .. var sizes])
            return await DashboardGrowth.RunAsync(sizes);
        if (args is ["ingest", .. var options])
            return await IngestBench.RunAsync(options);

        var summaries = BenchmarkSwitcher.FromTypes(All).Run(args.Length == 0 ? ["--filter", "*"] : args, _config);
        return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
    }
}
