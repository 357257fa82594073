using GraphQL.Execution;
using GraphQL.Types;

namespace Lucitra.Graph.Schema.Costs;

/// <summary>What the arguments of a field cost: filters and sort orders have weights of their own.</summary>
internal static class InputCost
{
    public static double Of(FieldType field, IDictionary<string, ArgumentValue>? arguments)
    {
        if (arguments is null)
            return 0;

        var total = 0d;
        foreach (var (name, argument) in arguments)
        {
            if (argument.Source == ArgumentSource.FieldDefault || argument.Value is null || field.Arguments?.Find(name) is not { } definition)
                continue;

            total += CostWeights.Of(definition) + Of(argument.Value, definition.ResolvedType!);
        }

        return total;
    }

    private static double Of(object? value, IGraphType type) => type switch
    {
        NonNullGraphType { ResolvedType: { } inner } => Of(value, inner),
        ListGraphType { ResolvedType: { } item } when value is IEnumerable<object?> items => items.Sum(one => Of(one, item)),
        IInputObjectGraphType input when value is IDictionary<string, object?> members =>
            members.Sum(member => OfMember(input, member.Key, member.Value)),
        _ => 0,
    };

    private static double OfMember(IInputObjectGraphType input, string name, object? value) =>
        input.Fields.Find(name) is { } field ? CostWeights.Of(field).Weight + Of(value, field.ResolvedType!) : 0;
}
