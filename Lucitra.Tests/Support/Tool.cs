namespace Lucitra.Tests.Support;

/// <summary>Programs of the machine that some tests need.</summary>
internal static class Tool
{
    /// <summary>The full path of the first of <paramref name="names"/> that is on the PATH, or null.</summary>
    public static string? Find(params IEnumerable<string> names) =>
        (from name in names
         from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
         let file = Path.Combine(folder, name)
         where File.Exists(file)
         select file).FirstOrDefault();
}
