using System.Collections.Frozen;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>The engine numbers rules by their place in the specification; clients get a link to it.</summary>
internal static class SpecSections
{
    private const string Specification = "https://spec.graphql.org/September2025/#sec-";

    private static readonly FrozenDictionary<string, string> _byNumber = new Dictionary<string, string>
    {
        ["3.10"] = "OneOf-Input-Objects",
        ["5.2.1.1"] = "Operation-Name-Uniqueness",
        ["5.2.2.1"] = "Lone-Anonymous-Operation",
        ["5.2.3.1"] = "Single-Root-Field",
        ["5.3.1"] = "Field-Selections",
        ["5.3.2"] = "Field-Selection-Merging",
        ["5.3.3"] = "Leaf-Field-Selections",
        ["5.4.1"] = "Argument-Names",
        ["5.4.2"] = "Argument-Uniqueness",
        ["5.4.2.1"] = "Required-Arguments",
        ["5.5.1.1"] = "Fragment-Name-Uniqueness",
        ["5.5.1.2"] = "Fragment-Spread-Type-Existence",
        ["5.5.1.3"] = "Fragments-on-Object-Interface-or-Union-Types",
        ["5.5.1.4"] = "Fragments-Must-Be-Used",
        ["5.5.2.1"] = "Fragment-Spread-Target-Defined",
        ["5.5.2.2"] = "Fragment-Spreads-Must-Not-Form-Cycles",
        ["5.5.2.3"] = "Fragment-Spread-Is-Possible",
        ["5.6"] = "Values",
        ["5.6.1"] = "Values-of-Correct-Type",
        ["5.6.3"] = "Input-Object-Field-Uniqueness",
        ["5.7.1"] = "Directives-Are-Defined",
        ["5.7.2"] = "Directives-Are-in-Valid-Locations",
        ["5.7.3"] = "Directives-Are-Unique-per-Location",
        ["5.8.1"] = "Variable-Uniqueness",
        ["5.8.2"] = "Variables-Are-Input-Types",
        ["5.8.3"] = "All-Variable-Uses-Defined",
        ["5.8.4"] = "All-Variables-Used",
        ["5.8.5"] = "All-Variable-Usages-Are-Allowed",
    }.ToFrozenDictionary(entry => entry.Key, entry => Specification + entry.Value);

    public static string? Of(string? number) => number is null ? null : _byNumber.GetValueOrDefault(number);
}
