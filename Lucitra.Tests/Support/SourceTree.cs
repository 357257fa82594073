namespace Lucitra.Tests.Support;

/// <summary>The repository the tests were built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    public static string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>Hand-written C# files, as paths from the root with forward slashes.</summary>
    public static IEnumerable<string> CSharpFiles() =>
        from folder in new[] { "Lucitra.Graph", "Lucitra.Webhooks", "Lucitra.Tests", "bench" }
        where Directory.Exists(Path(folder))
        from file in Directory.EnumerateFiles(Path(folder), "*.cs", SearchOption.AllDirectories)
        let path = System.IO.Path.GetRelativePath(Root, file).Replace('\\', '/')
        where !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "Migrations")
        orderby path
        select path;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Lucitra.sln")))
                return folder.FullName;

        throw new InvalidOperationException($"No Lucitra.sln above {AppContext.BaseDirectory}: the tests run from inside the repository.");
    }
}
