using System.Globalization;
using Npgsql;

namespace Lucitra.Benchmarks.Comparison;

/// <summary>Processor time of processes, as <c>/proc</c> has it.</summary>
internal static class CpuTime
{
    // Linux counts in hundredths of a second towards programs, whatever its own clock.
    private const double TicksPerSecond = 100;

    // The fields after the name, which may hold spaces: state, parent, ... user and system time, the same of ended children.
    private const int Parent = 1;
    private const int UserTime = 11;
    private const int Times = 4;

    /// <summary>Seconds of a process and of all that it started, ended ones too.</summary>
    public static double OfTree(int root)
    {
        var processes = Processes();
        var tree = new HashSet<int> { root };
        bool grew;
        do
        {
            grew = false;
            foreach (var (id, fields) in processes)
                grew |= tree.Contains(int.Parse(fields[Parent], CultureInfo.InvariantCulture)) && tree.Add(id);
        }
        while (grew);

        return tree.Where(processes.ContainsKey).Sum(id => processes[id].Skip(UserTime).Take(Times).Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture))) / TicksPerSecond;
    }

    /// <summary>The process that all of a PostgreSQL server's processes descend from; null when it is not on this machine.</summary>
    public static async Task<int?> PostgresAsync(string connection)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        var processes = Processes();
        return processes.TryGetValue(open.ProcessID, out var session) && (await File.ReadAllTextAsync($"/proc/{open.ProcessID}/comm")).StartsWith("postgres", StringComparison.Ordinal)
            ? int.Parse(session[Parent], CultureInfo.InvariantCulture)
            : null;
    }

    private static Dictionary<int, string[]> Processes()
    {
        var found = new Dictionary<int, string[]>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id))
                continue;
            try
            {
                var text = File.ReadAllText($"{folder}/stat");
                found[id] = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            }
            catch (IOException)
            {
                // It ended between being listed and being read; its parent has its time.
            }
        }

        return found;
    }
}
