using System.Text.RegularExpressions;

namespace Lucitra.Tests.Analytics;

/// <summary>The SQL by which a page defines figures, each in a block of its own. The benchmarks use it too.</summary>
internal sealed partial class FigureStatements
{
    private const string Live = "live";

    private readonly Dictionary<string, string> _statements;

    private FigureStatements(Dictionary<string, string> statements) => _statements = statements;

    /// <summary>The figures that are defined.</summary>
    public IEnumerable<string> Names => _statements.Keys.Where(name => name != Live);

    public static FigureStatements In(string page) => new(
        Block().Matches(page).ToDictionary(block => block.Groups["name"].Value, block => block.Groups["sql"].Value));

    /// <summary>The whole statement of a figure, over live records.</summary>
    public string Of(string name) => $"{_statements[Live]}\n{_statements[name]}";

    [GeneratedRegex(@"```sql (?<name>\S+)\n(?<sql>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
