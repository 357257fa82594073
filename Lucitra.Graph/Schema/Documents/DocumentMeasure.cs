using System.Runtime.CompilerServices;
using GraphQLParser;
using GraphQLParser.AST;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>
/// Counts a document as if its fragments were written out, in time linear in its text: each fragment is measured
/// once. A fragment that spreads itself counts as empty inside itself, validation then refuses it.
/// </summary>
internal sealed class DocumentMeasure
{
    private readonly Dictionary<ROM, GraphQLFragmentDefinition> _fragments = [];
    private readonly Dictionary<ROM, Size> _measured = [];

    private DocumentMeasure(GraphQLDocument document)
    {
        foreach (var definition in document.Definitions)
        {
            if (definition is not GraphQLFragmentDefinition fragment)
                continue;

            Fragments++;
            _fragments.TryAdd(fragment.FragmentName.Name.Value, fragment);
        }

        // Refused by their number alone.
        if (Fragments > LimitOptions.MostFragments)
            return;

        foreach (var operation in document.Definitions.OfType<GraphQLOperationDefinition>())
            Include(MeasureOperation(operation));

        // Fragments that nobody spreads are validated too.
        foreach (var (name, fragment) in _fragments)
        {
            if (!_measured.ContainsKey(name))
                Include(MeasureFragment(fragment));
        }
    }

    public int Fields { get; private set; }

    public int Fragments { get; private set; }

    public int Depth { get; private set; }

    public int Directives { get; private set; }

    public int Aliases { get; private set; }

    /// <summary>The first field that reads the schema, if any.</summary>
    public GraphQLField? Introspection { get; private set; }

    /// <summary>
    /// A field that reads the schema in circles, from types to their fields to the types of these, if any: each round
    /// multiplies the answer by the fields of a type.
    /// </summary>
    public GraphQLField? CircularIntrospection { get; private set; }

    public static DocumentMeasure Of(GraphQLDocument document) => new(document);

    private void Include(Size size)
    {
        Fields = Add(Fields, size.Fields);
        Aliases = Add(Aliases, size.Aliases);
        Depth = Math.Max(Depth, size.Depth);
    }

    private Size MeasureOperation(GraphQLOperationDefinition operation)
    {
        Count(operation.Directives);
        if (operation.Variables is not null)
        {
            foreach (var variable in operation.Variables)
                Count(variable.Directives);
        }

        return Measure(operation.SelectionSet);
    }

    private Size MeasureFragment(GraphQLFragmentDefinition fragment)
    {
        var name = fragment.FragmentName.Name.Value;
        if (_measured.TryGetValue(name, out var size))
            return size;

        _measured[name] = default;
        Count(fragment.Directives);
        return _measured[name] = Measure(fragment.SelectionSet);
    }

    private Size Measure(GraphQLSelectionSet? selections)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var total = default(Size);
        if (selections is null)
            return total;

        foreach (var selection in selections.Selections)
        {
            var size = selection switch
            {
                GraphQLField field => MeasureField(field),
                GraphQLInlineFragment inline => MeasureInline(inline),
                GraphQLFragmentSpread spread => MeasureSpread(spread),
                _ => default,
            };
            total = new(
                Add(total.Fields, size.Fields),
                Math.Max(total.Depth, size.Depth),
                Add(total.Aliases, size.Aliases),
                Math.Max(total.MemberLists, size.MemberLists));
        }

        return total;
    }

    private Size MeasureField(GraphQLField field)
    {
        Count(field.Directives);
        var below = Measure(field.SelectionSet);
        if (field.Name.Value == "__schema" || field.Name.Value == "__type")
        {
            Introspection ??= field;
            if (below.MemberLists > 1)
                CircularIntrospection ??= field;
        }

        return new(
            Add(below.Fields, 1),
            below.Depth + 1,
            Add(below.Aliases, field.Alias is null ? 0 : 1),
            below.MemberLists + (ListsMembers(field) ? 1 : 0));
    }

    private static bool ListsMembers(GraphQLField field) =>
        field.Name.Value.Span is "fields" or "inputFields" or "interfaces" or "possibleTypes";

    private Size MeasureInline(GraphQLInlineFragment inline)
    {
        Count(inline.Directives);
        return Measure(inline.SelectionSet);
    }

    private Size MeasureSpread(GraphQLFragmentSpread spread)
    {
        Count(spread.Directives);
        var below = _fragments.TryGetValue(spread.FragmentName.Name.Value, out var fragment) ? MeasureFragment(fragment) : default;
        return below with { Fields = Add(below.Fields, 1) };
    }

    private void Count(GraphQLDirectives? directives) => Directives += directives?.Count ?? 0;

    private static int Add(int left, int right) => (int)Math.Min((long)left + right, int.MaxValue);

    private readonly record struct Size(int Fields, int Depth, int Aliases, int MemberLists);
}
