using GraphQL;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>Coerces the variables of a valid operation; what the engine would refuse, or does in a way of its own, is left to it.</summary>
internal static class VariableValues
{
    /// <summary>The variables; null where the engine has to look at them.</summary>
    public static Variables? Of(ReadPlan plan, Inputs? given)
    {
        var variables = new Variables();
        foreach (var (definition, type) in plan.Variables)
        {
            var name = definition.Variable.Name.StringValue;
            var variable = new Variable(name, definition);
            if (given?.TryGetValue(name, out var text) == true)
            {
                if (!TryCoerce(type, text, out var value))
                    return null;
                variable.Value = value;
            }
            else if (definition.DefaultValue is not null || type is NonNullGraphType)
            {
                return null;
            }

            variables.Add(variable);
        }

        return variables;
    }

    private static bool TryCoerce(IGraphType type, object? given, out object? value)
    {
        value = null;
        switch (type)
        {
            case NonNullGraphType required:
                return given is not null && TryCoerce(required.ResolvedType!, given, out value);
            case var _ when given is null:
                return true;
            case ScalarGraphType scalar:
                value = scalar.ParseValue(given);
                return value is not null;
            case ListGraphType list when given is IList<object?> items:
                return TryCoerce(list, items, out value);
            case IInputObjectGraphType { IsOneOf: false } input when given is IDictionary<string, object?> members:
                return TryCoerce(input, members, out value);
            default:
                return false;
        }
    }

    private static bool TryCoerce(ListGraphType list, IList<object?> given, out object? value)
    {
        var items = new object?[given.Count];
        value = items;
        for (var i = 0; i < items.Length; i++)
        {
            if (!TryCoerce(list.ResolvedType!, given[i], out items[i]))
                return false;
        }

        return true;
    }

    private static bool TryCoerce(IInputObjectGraphType input, IDictionary<string, object?> given, out object? value)
    {
        var members = new Dictionary<string, object?>();
        value = null;
        foreach (var field in input.Fields)
        {
            if (given.TryGetValue(field.Name, out var member))
            {
                if (field.Parser is not null || field.Validator is not null || !TryCoerce(field.ResolvedType!, member, out var coerced))
                    return false;
                members.Add(field.Name, coerced);
            }
            else if (field.DefaultValue is not null || field.ResolvedType is NonNullGraphType)
            {
                return false;
            }
        }

        if (members.Count != given.Count)
            return false;
        value = input.ParseDictionary(members);
        return true;
    }
}

/// <summary>A variable of an operation, and its type in the schema.</summary>
internal sealed record PlannedVariable(GraphQLVariableDefinition Definition, IGraphType Type);
