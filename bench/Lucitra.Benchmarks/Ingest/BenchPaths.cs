namespace Lucitra.Benchmarks.Ingest;

/// <summary>Where the bench finds the program and leaves what it measured.</summary>
internal static class BenchPaths
{
    private const string ProgramVariable = "LUCITRA_BENCH_PROGRAM";

    private static readonly string _root = FindRoot();

    /// <summary>The program that is measured: the Release build, unless one is named.</summary>
    public static string Program => Environment.GetEnvironmentVariable(ProgramVariable) is { Length: > 0 } named
        ? Path.GetFullPath(named)
        : Path.Combine(_root, "Lucitra.Graph", "bin", "Release", "net10.0", "Lucitra.Graph.dll");

    public static string Results => Directory.CreateDirectory(Path.Combine(_root, "artifacts", "bench")).FullName;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Lucitra.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The bench is not in its repository.");
    }
}
