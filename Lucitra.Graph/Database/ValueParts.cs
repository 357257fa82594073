using System.Collections;

namespace Lucitra.Graph.Database;

/// <summary>Takes values apart, so that they can be compared one by one: where the parts are equal, so are the values.</summary>
internal static class ValueParts
{
    /// <summary>Adds the parts of a value: members with their names, items, and what is neither.</summary>
    /// <param name="parts">What they are added to.</param>
    /// <param name="value">The value.</param>
    /// <param name="leaves">Gets the places of the parts that are values themselves; null where nobody asks.</param>
    public static void Add(List<object?> parts, object? value, List<int>? leaves = null)
    {
        switch (value)
        {
            case IDictionary<string, object?> members:
                parts.Add(Mark.Members);
                foreach (var (name, member) in members)
                {
                    parts.Add(name);
                    Add(parts, member, leaves);
                }

                parts.Add(Mark.End);
                break;
            case IEnumerable items and not string:
                parts.Add(Mark.List);
                foreach (var item in items)
                    Add(parts, item, leaves);
                parts.Add(Mark.End);
                break;
            default:
                leaves?.Add(parts.Count);
                parts.Add(value);
                break;
        }
    }

    /// <summary>Adds the part of a value that is not there.</summary>
    public static void AddNone(List<object?> parts) => parts.Add(Mark.None);

    private enum Mark
    {
        None,
        Members,
        List,
        End,
    }
}
