using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Lucitra.Benchmarks;

/// <summary>The paths that every request takes, in this process, each against the least that the same work can cost.</summary>
internal static class MicroBenchmarks
{
    public static readonly Type[] All = [typeof(WebhookBenchmarks), typeof(DocumentBenchmarks), typeof(QueryBenchmarks)];

    // In this process: the server's own project settings would fail the projects that are otherwise made for each run.
    private static readonly IConfig _config = DefaultConfig.Instance
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).AsMutator())
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumn(StatisticColumn.OperationsPerSecond)
        .HideColumns("Job", "Toolchain", "Error", "StdDev", "Median", "RatioSD", "Gen0", "Gen1", "Gen2", "Alloc Ratio");

    public static int Run(string[] options)
    {
        var summaries = BenchmarkSwitcher.FromTypes(All).Run(options.Length == 0 ? ["--filter", "*"] : options, _config);
        return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
    }
}
