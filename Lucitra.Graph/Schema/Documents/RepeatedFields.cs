using System.Runtime.CompilerServices;
using GraphQLParser;
using GraphQLParser.AST;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>
/// Counts the pairs of fields that share a name in the answer, which validation compares one by one. The walk takes
/// one step per field of the document with its fragments written out.
/// </summary>
internal sealed class RepeatedFields
{
    private readonly Dictionary<ROM, GraphQLFragmentDefinition> _fragments = [];
    private readonly HashSet<ROM> _reached = [];
    private readonly int _fields;
    private long _pairs;
    private int _visited;

    private RepeatedFields(GraphQLDocument document, int fields)
    {
        _fields = fields;
        foreach (var fragment in document.Definitions.OfType<GraphQLFragmentDefinition>())
            _fragments.TryAdd(fragment.FragmentName.Name.Value, fragment);
        foreach (var operation in document.Definitions.OfType<GraphQLOperationDefinition>())
            Merge([operation.SelectionSet], depth: 1);
        foreach (var (name, fragment) in _fragments)
        {
            if (!_reached.Contains(name))
                Merge([fragment.SelectionSet], depth: 1);
        }
    }

    /// <param name="document">A document whose fragments expand to a bounded size and depth.</param>
    /// <param name="fields">That size; a walk of more steps goes in circles, and validation refuses the document.</param>
    public static int PairsIn(GraphQLDocument document, int fields) =>
        (int)Math.Min(new RepeatedFields(document, fields)._pairs, int.MaxValue);

    // Fields that share a name become one in the answer, so what they select is compared as one set too.
    private void Merge(List<GraphQLSelectionSet> sets, int depth)
    {
        if (depth > LimitOptions.MostDepth)
            return;

        var byName = new Dictionary<ROM, Occurrences>();
        var spread = new HashSet<ROM>();
        foreach (var set in sets)
            Collect(set, byName, spread);

        foreach (var field in byName.Values)
        {
            _pairs += (long)field.Count * (field.Count - 1) / 2;
            if (field.Sets is { } below)
                Merge(below, depth + 1);
        }
    }

    private void Collect(GraphQLSelectionSet set, Dictionary<ROM, Occurrences> byName, HashSet<ROM> spread)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var selection in set.Selections)
        {
            if (selection is GraphQLInlineFragment inline)
            {
                Collect(inline.SelectionSet, byName, spread);
                continue;
            }

            if (++_visited > _fields)
                return;
            if (selection is GraphQLField field)
                Add(field, byName);
            else if (selection is GraphQLFragmentSpread { FragmentName.Name.Value: var name } && spread.Add(name))
                CollectFragment(name, byName, spread);
        }
    }

    private void CollectFragment(ROM name, Dictionary<ROM, Occurrences> byName, HashSet<ROM> spread)
    {
        _reached.Add(name);
        if (_fragments.TryGetValue(name, out var fragment))
            Collect(fragment.SelectionSet, byName, spread);
    }

    private static void Add(GraphQLField field, Dictionary<ROM, Occurrences> byName)
    {
        var name = (field.Alias?.Name ?? field.Name).Value;
        if (!byName.TryGetValue(name, out var occurrences))
            byName[name] = occurrences = new();
        occurrences.Count++;
        if (field.SelectionSet is { } selections)
            (occurrences.Sets ??= []).Add(selections);
    }

    private sealed class Occurrences
    {
        public int Count { get; set; }

        public List<GraphQLSelectionSet>? Sets { get; set; }
    }
}
