using System.Globalization;
using System.Runtime.InteropServices;

namespace Lucitra.Benchmarks.Comparison;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores of {model}, {RuntimeInformation.FrameworkDescription}.");
    }
}
