using System.Diagnostics.Metrics;

namespace Lucitra.Webhooks;

/// <summary>Bounds of histograms in seconds: without them a collector sorts by bounds that are made for milliseconds.</summary>
public static class HistogramBuckets
{
    /// <summary>For what a caller waits for, from a millisecond to a minute.</summary>
    public static InstrumentAdvice<double> Durations { get; } = new()
    {
        HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    };

    /// <summary>For what happens behind somebody's back, from a tenth of a second to a day.</summary>
    public static InstrumentAdvice<double> Lags { get; } = new()
    {
        HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400],
    };
}
