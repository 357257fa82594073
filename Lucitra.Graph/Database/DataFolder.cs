namespace Lucitra.Graph.Database;

/// <summary>Where the embedded default keeps its files: the SQLite database and the development credentials.</summary>
internal static class DataFolder
{
    public static string Of(IHostEnvironment environment) => Path.Combine(environment.ContentRootPath, "lucitra-data");
}
