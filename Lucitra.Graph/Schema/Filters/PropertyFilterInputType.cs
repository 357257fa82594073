using System.Linq.Expressions;
using GraphQL.Types;

namespace Lucitra.Graph.Schema.Filters;

/// <summary>Conditions on one value that objects hold by name.</summary>
internal sealed class PropertyFilterInputType : InputObjectGraphType
{
    private static readonly Dictionary<string, ValueKind> _kinds = new()
    {
        ["string"] = ValueKind.Text,
        ["number"] = ValueKind.Number,
        ["boolean"] = ValueKind.Boolean,
        ["dateTime"] = ValueKind.Instant,
    };

    public PropertyFilterInputType()
    {
        Name = "PropertyFilterInput";
        Description = "Conditions on one property; all that are given hold. A property that is not set, or whose text is not of the kind asked for, is null.";
        Field<NonNullGraphType<StringGraphType>>("name").Description("HubSpot's internal name of the property, such as `hs_object_source`.");
        Field<StringOperationFilterInputType>("string").Description("Conditions on its text.");
        Field<ComparableOperationFilterInputType<DecimalType>>("number")
            .Description("Conditions on its text read as a number: below 10^18 in size, rounded to ten decimal places.");
        Field<BooleanOperationFilterInputType>("boolean").Description("Conditions on its text read as `true` or `false`.");
        Field<ComparableOperationFilterInputType<UtcDateTimeType>>("dateTime")
            .Description("Conditions on its text read as an instant: epoch milliseconds, or a date or time in ISO 8601, in UTC unless it says otherwise.");
    }

    public Expression? Build(Expression instance, EntityColumn key, NamedValues values, IDictionary<string, object?> operands, FilterScope scope)
    {
        var name = (string)operands["name"]!;
        var column = key with { Name = name, Nullable = true, Ids = null };
        Expression? condition = null;
        foreach (var (field, operand) in operands.Where(pair => pair.Key != "name"))
        {
            if (operand is null)
                throw NullOperand.ForFilter(Fields.Find(field)!, Name);
            var operations = (OperationFilterInputType)Fields.Find(field)!.ResolvedType!;
            var part = operations.Build(values.Read(instance, name, _kinds[field]), column, (IDictionary<string, object?>)operand, scope);
            condition = condition is null ? part : part is null ? condition : Expression.AndAlso(condition, part);
        }

        return condition;
    }
}
