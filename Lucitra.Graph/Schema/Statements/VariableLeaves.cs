using GraphQL.Validation;

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
        foreach (var variable in variables)
        {
            if (variable.ValueSpecified)
                Add(variable.Value, uses.GetValueOrDefault(variable.Name));
            else
                _parts.Add(Mark.LeftOut);
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

    private void Add(object? value, int uses)
    {
        switch (value)
        {
            case IDictionary<string, object?> members:
                _parts.Add(Mark.Members);
                foreach (var (name, member) in members)
                {
                    _parts.Add(name);
                    Add(member, uses);
                }

                _parts.Add(Mark.End);
                break;
            case IEnumerable<object?> items:
                _parts.Add(Mark.List);
                foreach (var item in items)
                    Add(item, uses);
                _parts.Add(Mark.End);
                break;
            default:
                _uses.Add((_parts.Count, uses));
                _parts.Add(value);
                break;
        }
    }

    private enum Mark
    {
        LeftOut,
        Members,
        List,
        End,
    }
}
