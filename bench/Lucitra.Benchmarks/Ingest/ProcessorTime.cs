using System.Globalization;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>The processor time of processes, from <c>/proc</c>.</summary>
internal static class ProcessorTime
{
    // Linux counts in hundredths of a second towards programs, whatever its own tick.
    private const int TicksPerSecond = 100;

    /// <summary>What a process has used.</summary>
    public static TimeSpan Of(int process) => Read(process) is { } stat ? stat.Own : TimeSpan.Zero;

    /// <summary>What a process has used with all its children, ended ones too.</summary>
    public static TimeSpan OfFamily(int parent)
    {
        var total = Read(parent) is { } stat ? stat.Own + stat.Ended : TimeSpan.Zero;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && Read(process) is { } child && child.Parent == parent)
                total += child.Own;
        }

        return total;
    }

    /// <summary>The parent of a process of this machine; null where there is no such process.</summary>
    public static int? ParentOf(int process) => Read(process)?.Parent;

    private static (int Parent, TimeSpan Own, TimeSpan Ended)? Read(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");

            // The name, in parentheses, may hold spaces: fields count from behind it.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(fields[1], CultureInfo.InvariantCulture), Time(fields[11]) + Time(fields[12]), Time(fields[13]) + Time(fields[14]));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            // It has ended meanwhile, and its parent has its time.
            return null;
        }
    }

    private static TimeSpan Time(string ticks) => TimeSpan.FromSeconds(double.Parse(ticks, CultureInfo.InvariantCulture) / TicksPerSecond);
}
