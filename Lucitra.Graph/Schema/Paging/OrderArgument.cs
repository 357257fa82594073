using System.Linq.Expressions;
using GraphQL;
using GraphQLParser.AST;
using Lucitra.Graph.Schema.Statements;

namespace Lucitra.Graph.Schema.Paging;

/// <summary>
/// Reads the argument <c>order</c>: keys count in the order in which the caller wrote them, in the list and within one
/// object. The engine hands input objects over in the order of the schema, so what was written is looked up.
/// </summary>
internal static class OrderArgument
{
    public static IReadOnlyList<OrderKey> Keys(IResolveFieldContext context, ParameterExpression x)
    {
        var keys = new List<OrderKey>();
        foreach (var (type, item) in ItemsOf(context))
            type.Collect(x, "", item, keys);
        return keys;
    }

    /// <summary>The same as keys of the rows of a query.</summary>
    public static List<SqlKey> Keys(IResolveFieldContext context, SqlPlace place)
    {
        var keys = new List<SqlKey>();
        foreach (var (type, item) in ItemsOf(context))
            type.Collect(place, "", item, keys);
        return keys;
    }

    private static IEnumerable<(SortInputType Type, OrderedDictionary<string, object?> Item)> ItemsOf(IResolveFieldContext context)
    {
        if (context.GetArgument<object?>("order") is not IEnumerable<object?> items)
            yield break;

        var type = (SortInputType)context.ArgumentType("order");
        var written = context.FieldAst.Arguments?.FirstOrDefault(argument => argument.Name.Value.Span.SequenceEqual("order"))?.Value;
        var writtenItems = Items(written, context);
        foreach (var (index, item) in items.Index())
            yield return (type, AsWritten((IDictionary<string, object?>)item!, writtenItems.ElementAtOrDefault(index), context));
    }

    private static OrderedDictionary<string, object?> AsWritten(IDictionary<string, object?> item, object? written, IResolveFieldContext context)
    {
        var ordered = new OrderedDictionary<string, object?>();
        foreach (var (name, nested) in Members(written, context))
        {
            if (item.TryGetValue(name, out var value))
                ordered[name] = value is IDictionary<string, object?> inner ? AsWritten(inner, nested, context) : value;
        }

        return ordered;
    }

    private static IReadOnlyList<object?> Items(object? written, IResolveFieldContext context) => Read(written, context) switch
    {
        GraphQLListValue list => list.Values ?? [],
        IDictionary<string, object?> single => [single],
        IEnumerable<object?> list => [.. list],
        var single => [single],
    };

    private static IEnumerable<KeyValuePair<string, object?>> Members(object? written, IResolveFieldContext context) => Read(written, context) switch
    {
        GraphQLObjectValue value => (value.Fields ?? []).Select(field => KeyValuePair.Create(field.Name.StringValue, (object?)field.Value)),
        IDictionary<string, object?> members => members,
        _ => [],
    };

    private static object? Read(object? written, IResolveFieldContext context)
    {
        if (written is not GraphQLVariable { Name: var name })
            return written;
        return context.ExecutionContext.ExecutionOptions.Variables?.TryGetValue(name.StringValue, out var value) == true
            ? value
            : context.ExecutionContext.Operation.Variables?.Items.Find(definition => definition.Variable.Name == name)?.DefaultValue;
    }
}
