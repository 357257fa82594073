using System.Globalization;
using Lucitra.Graph.Analytics;

namespace Lucitra.Benchmarks.Comparison;

/// <summary>The median of several rounds, with the least and the greatest.</summary>
internal sealed record Spread(double Median, double Least, double Greatest)
{
    public static Spread Of(IEnumerable<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return new Spread(Percentile.Of(0.5, sorted), sorted[0], sorted[^1]);
    }

    /// <summary>The median and the range, to at least two digits that tell something.</summary>
    public string Ratio => Text(Math.Abs(Median) < 0.1 ? "0.0000" : "0.00");

    public string Text(string format) => string.Create(
        CultureInfo.InvariantCulture, $"{Median.ToString(format, CultureInfo.InvariantCulture)} ({Least.ToString(format, CultureInfo.InvariantCulture)}–{Greatest.ToString(format, CultureInfo.InvariantCulture)})");
}
