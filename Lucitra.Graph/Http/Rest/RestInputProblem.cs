using System.Text.RegularExpressions;

namespace Lucitra.Graph.Http.Rest;

/// <summary>What the engine says of a variable, said of the body or parameter that it came from.</summary>
internal static partial class RestInputProblem
{
    public static ProblemPart? Of(string message)
    {
        if (Variable().Match(message) is not { Success: true } match)
            return null;

        var (name, path, rest) = (match.Groups["name"].Value, match.Groups["path"].Value, match.Groups["rest"].Value);
        if (name != RestDocument.InputVariable)
            return ProblemPart.Of($"The parameter '{name}' is invalid. {rest}", ProblemPart.Parameter, name);

        var member = path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).TrimStart('.').Replace('.', '/');
        return member.Length == 0
            ? new($"The body is invalid. {rest}", ProblemPart.Pointer, "#")
            : ProblemPart.Of($"The body member '{member}' is invalid. {rest}", ProblemPart.Pointer, member);
    }

    [GeneratedRegex(@"^Variable '\$(?<name>\w+)(?<path>[^']*)' is invalid\. ?(?<rest>.*)$", RegexOptions.Singleline)]
    private static partial Regex Variable();
}
