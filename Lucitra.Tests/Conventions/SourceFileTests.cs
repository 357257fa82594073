using Lucitra.Tests.Support;

namespace Lucitra.Tests.Conventions;

public sealed class SourceFileTests
{
    private const int CeilingOfSources = 200;
    private const int CeilingOfTests = 300;

    /// <summary>Files above the ceiling, with the lines they may have. The list may only shrink.</summary>
    private static readonly Dictionary<string, int> _longFiles = [];

    [Fact]
    public void Files_stay_below_the_ceiling_of_lines()
    {
        var tooLong =
            from path in SourceTree.CSharpFiles()
            let ceiling = _longFiles.TryGetValue(path, out var agreed) ? agreed
                : path.StartsWith("Lucitra.Tests/", StringComparison.Ordinal) ? CeilingOfTests
                : CeilingOfSources
            let lines = LinesOf(path)
            where lines > ceiling
            select $"{path} has {lines} lines, {lines - ceiling} too many: give a part of it a name and a file of its own.";

        Convention.Holds(tooLong);
    }

    [Fact]
    public void The_list_of_long_files_shrinks_with_the_files()
    {
        var outdated =
            from entry in _longFiles
            let lines = File.Exists(SourceTree.Path(entry.Key)) ? LinesOf(entry.Key) : 0
            where lines < entry.Value
            select $"{entry.Key} has {lines} lines by now: set its entry in _longFiles to that, or remove it.";

        Convention.Holds(outdated);
    }

    private static int LinesOf(string path) => File.ReadLines(SourceTree.Path(path)).Count();
}
