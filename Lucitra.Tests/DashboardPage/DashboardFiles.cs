namespace Lucitra.Tests.DashboardPage;

/// <summary>What the build made of the page.</summary>
internal static class DashboardFiles
{
    public const string MissingReason = "Missing tool: npm could not make the page when the server was built.";

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "dashboard");

    public static bool AreThere => File.Exists(Path.Combine(Folder, "index.html"));
}
