using GraphQL.Validation;
using Lucitra.Graph.Database;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>The variables of a run, taken apart: the names and places of their members, and their values.</summary>
internal sealed class VariableLeaves
{
    private readonly List<object?> _parts = new(16);
    private readonly List<(int Place, int Uses)> _uses = new(8);

    /// <param name="variables">The variables.</param>
    /// <param name="uses">How often each is mentioned in the operation.</param>
    public VariableLeaves(Variables variables, IReadOnlyDictionary<string, int> uses)
    {
        var leaves = new List<int>(8);
        foreach (var variable in variables)
        {
            leaves.Clear();
            if (variable.ValueSpecified)
                ValueParts.Add(_parts, variable.Value, leaves);
            else
                ValueParts.AddNone(_parts);
            foreach (var place in leaves)
                _uses.Add((place, uses.GetValueOrDefault(variable.Name)));
        }
    }

    public IReadOnlyList<object?> Parts => _parts;

    /// <summary>Which parts are values, and how often their variable is mentioned.</summary>
    public IReadOnlyList<(int Place, int Uses)> Uses => _uses;

    /// <summary>Whether no other object is this one: short texts, and yes and no, may be held by many.</summary>
    public static bool IsOwn(object? value) => value is string { Length: > 1 } or DateTime or decimal or int or long;

    /// <summary>Where the object itself is among the values; -1 where it is not, or at more than one place.</summary>
    public int PlaceOf(object value)
    {
        var found = -1;
        foreach (var (place, _) in _uses)
        {
            if (!ReferenceEquals(_parts[place], value))
                continue;
            if (found >= 0)
                return -1;
            found = place;
        }

        return found;
    }
}
