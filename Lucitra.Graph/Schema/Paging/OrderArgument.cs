using System.Linq.Expressions;
using GraphQL;
using GraphQLParser.AST;

namespace Lucitra.Graph.Schema.Paging;

/// <summary>Reads the argument <c>order</c>: keys count in the order in which the caller wrote them, in the list and within one object.</summary>
internal static class OrderArgument
{
    public static IReadOnlyList<OrderKey> Keys(IResolveFieldContext context, ParameterExpression x)
    {
        var keys = new List<OrderKey>();
        if (context.GetArgument<object?>("order") is not IEnumerable<object?> items)
            return keys;

        var type = (ISortInput)context.ArgumentType("order");
        var written = Written(context);
        var index = 0;
        foreach (var item in items)
            type.Collect(x, "", nullable: false, InWrittenOrder((IDictionary<string, object?>)item!, written?.ElementAtOrDefault(index++)), keys);
        return keys;
    }

    // The engine hands input objects over in the order of the schema.
    private static IEnumerable<KeyValuePair<string, object?>> InWrittenOrder(IDictionary<string, object?> item, IReadOnlyList<string>? written) =>
        item.Count < 2 || written is null ? item : item.OrderBy(pair => IndexOf(written, pair.Key));

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
                return i;
        }

        return int.MaxValue;
    }

    private static List<IReadOnlyList<string>>? Written(IResolveFieldContext context)
    {
        var value = context.FieldAst.Arguments?.FirstOrDefault(argument => argument.Name.Value.Span.SequenceEqual("order"))?.Value;
        return value switch
        {
            GraphQLListValue list => list.Values?.ConvertAll(Names),
            GraphQLObjectValue single => [Names(single)],
            GraphQLVariable variable => FromVariable(context, variable.Name.StringValue),
            _ => null,
        };
    }

    private static IReadOnlyList<string> Names(GraphQLValue value) =>
        value is GraphQLObjectValue { Fields: { } fields } ? fields.ConvertAll(field => field.Name.StringValue) : [];

    private static List<IReadOnlyList<string>>? FromVariable(IResolveFieldContext context, string name) =>
        context.ExecutionContext.ExecutionOptions.Variables?.TryGetValue(name, out var raw) != true ? null : raw switch
        {
            IDictionary<string, object?> single => [[.. single.Keys]],
            IEnumerable<object?> list => [.. list.Select(item => item is IDictionary<string, object?> one ? (IReadOnlyList<string>)[.. one.Keys] : [])],
            _ => null,
        };
}
