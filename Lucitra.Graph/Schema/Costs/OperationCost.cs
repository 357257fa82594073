using System.Collections;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;

namespace Lucitra.Graph.Schema.Costs;

/// <summary>
/// Works out what an operation may cost at most, before it runs. Takes time linear in the document: a fragment is
/// measured once for each size of list it is spread in. <c>@skip</c> and <c>@include</c> count as if absent.
/// </summary>
internal sealed class OperationCost
{
    private static readonly Cost _introspection = new(1, 1);

    private readonly IExecutionContext _context;
    private readonly Dictionary<ROM, GraphQLFragmentDefinition> _fragments = [];
    private readonly Dictionary<(ROM Fragment, int? Size), Cost> _measured = [];

    private OperationCost(IExecutionContext context)
    {
        _context = context;
        foreach (var fragment in context.Document.Definitions.OfType<GraphQLFragmentDefinition>())
            _fragments.TryAdd(fragment.FragmentName.Name.Value, fragment);
    }

    /// <summary>The cost of an operation that is valid and whose arguments are coerced.</summary>
    public static Cost Of(IExecutionContext context)
    {
        var root = context.Operation.Operation switch
        {
            OperationType.Mutation => context.Schema.Mutation,
            OperationType.Subscription => context.Schema.Subscription,
            _ => context.Schema.Query,
        };
        return new Cost(0, 1) + new OperationCost(context).Measure(context.Operation.SelectionSet, root, size: null);
    }

    /// <param name="selections">What is selected.</param>
    /// <param name="type">The type it is selected on; null when it has no fields of its own, as a union.</param>
    /// <param name="size">On a connection, how many items it has.</param>
    private Cost Measure(GraphQLSelectionSet? selections, IGraphType? type, int? size)
    {
        var total = default(Cost);
        foreach (var selection in selections?.Selections ?? [])
        {
            total += selection switch
            {
                GraphQLField field => MeasureField(field, type, size),
                GraphQLInlineFragment inline => Measure(inline.SelectionSet, TypeOf(inline.TypeCondition) ?? type, size),
                GraphQLFragmentSpread spread => MeasureFragment(spread.FragmentName.Name.Value, size),
                _ => default,
            };
        }

        return total;
    }

    private Cost MeasureFragment(ROM name, int? size)
    {
        if (_measured.TryGetValue((name, size), out var cost))
            return cost;

        var fragment = _fragments[name];
        return _measured[(name, size)] = Measure(fragment.SelectionSet, TypeOf(fragment.TypeCondition), size);
    }

    private Cost MeasureField(GraphQLField field, IGraphType? parent, int? size)
    {
        if (field.Name.Value.Span.StartsWith("__"))
            return field.SelectionSet is null ? default : _introspection;
        if ((parent as IComplexGraphType)?.Fields.Find(field.Name.Value) is not { } definition)
            return default;

        var arguments = _context.ArgumentValues?.GetValueOrDefault(field);
        var own = CostWeights.Of(definition);
        var type = definition.ResolvedType!.GetNamedType();
        var below = Measure(field.SelectionSet, type, own.ListSize is null ? null : PageSize(own.ListSize, arguments));
        var length = LengthOf(definition, arguments, size);
        return new Cost(
            own.Weight + InputCost.Of(definition, arguments) + (length * below.Fields),
            length * ((type.IsLeafType() ? 0 : 1) + below.Types));
    }

    // What is beyond the greatest page is refused when the field runs, so it costs no more than that page.
    private static int PageSize(ListSize size, IDictionary<string, ArgumentValue>? arguments)
    {
        int? asked = null;
        foreach (var name in ListSize.SlicingArguments)
        {
            if (arguments is not null && arguments.TryGetValue(name, out var argument) && argument.Value is int items)
                asked = Math.Max(asked ?? 0, items);
        }

        return Math.Clamp(asked ?? size.Default, 0, size.Most);
    }

    // A list that is no page is as long as the list it was asked by, as nodes(ids:).
    private static int LengthOf(FieldType field, IDictionary<string, ArgumentValue>? arguments, int? size)
    {
        if (size is not null && ListSize.SizedFields.Contains(field.Name))
            return size.Value;
        if (arguments is null || field.ResolvedType is not (ListGraphType or NonNullGraphType { ResolvedType: ListGraphType }))
            return 1;

        return arguments.Values.Select(argument => argument.Value is ICollection list ? list.Count : 1).DefaultIfEmpty(1).Max();
    }

    private IGraphType? TypeOf(GraphQLTypeCondition? condition) =>
        condition is null ? null : _context.Schema.AllTypes[condition.Type.Name.Value];
}
