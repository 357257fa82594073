using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Http.Rest;

/// <summary>The title of every kind of problem, by its code: an entry of <see cref="ErrorCodes"/>, or the type of a broken rule.</summary>
internal static partial class ProblemTitles
{
    private static readonly FrozenDictionary<string, FieldInfo> _codes = typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToFrozenDictionary(field => (string)field.GetRawConstantValue()!);

    public static IEnumerable<string> Codes => _codes.Keys;

    public static string Of(string code)
    {
        var name = _codes.TryGetValue(code, out var field) ? field.Name : Suffix().Replace(code, "");
        var words = Word().Replace(name, " $1").Trim();
        return words.Length == 0 ? "Problem" : string.Concat(words[..1].ToUpperInvariant(), words[1..].ToLowerInvariant());
    }

    /// <summary>What an entry of <see cref="ErrorCodes"/> means; null for other codes.</summary>
    public static string? MeaningOf(string code) => _codes.TryGetValue(code, out var field) ? Documentation.Of(field) : null;

    [GeneratedRegex("Error$")]
    private static partial Regex Suffix();

    [GeneratedRegex("([A-Z][a-z]*)")]
    private static partial Regex Word();
}
