using System.Diagnostics;
using System.Globalization;

namespace Lucitra.Tests.Support;

/// <summary>The server programs of an installed PostgreSQL, and the user to run them as.</summary>
internal sealed record PostgresBinaries(string Folder, string? User)
{
    private static readonly string[] _needed = ["initdb", "postgres"];

    /// <summary>The newest installed server, or null. Distributions put wrappers on the PATH, so it comes last.</summary>
    public static PostgresBinaries? Find()
    {
        var folder = Versions("/usr/lib/postgresql").Append(FolderOnPath()).FirstOrDefault(IsComplete);
        return folder is null ? null : new PostgresBinaries(folder, Environment.IsPrivilegedProcess ? UnprivilegedUser() : null);
    }

    /// <summary>A command that runs as <see cref="User"/>: the server refuses to run as root.</summary>
    public ProcessStartInfo Command(string program, params IEnumerable<string> arguments)
    {
        IEnumerable<string> all = User is null ? [program, .. arguments] : [.. Drop(User), program, .. arguments];
        return new ProcessStartInfo(all.First(), all.Skip(1))
        {
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
    }

    private static IEnumerable<string> Drop(string user) =>
        Tool.Find("setpriv") is { } setpriv
            ? [setpriv, $"--reuid={user}", $"--regid={user}", "--clear-groups", "--"]
            : [Tool.Find("runuser") ?? throw new InvalidOperationException("Neither setpriv nor runuser is installed."), "-u", user, "--"];

    private static IEnumerable<string?> Versions(string parent) =>
        !Directory.Exists(parent)
            ? []
            : Directory.EnumerateDirectories(parent)
                .OrderByDescending(folder => double.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"));

    private static string? FolderOnPath()
    {
        if (Tool.Find("initdb") is not { } initdb)
            return null;

        return Path.GetDirectoryName(File.ResolveLinkTarget(initdb, returnFinalTarget: true)?.FullName ?? initdb);
    }

    private static bool IsComplete(string? folder) => folder is not null && _needed.All(name => File.Exists(Path.Combine(folder, name)));

    private static string UnprivilegedUser() =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";
}
