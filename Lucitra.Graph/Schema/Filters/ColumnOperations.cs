using System.Linq.Expressions;
using System.Text;
using GraphQL.Types;
using Lucitra.Graph.Schema.Statements;

namespace Lucitra.Graph.Schema.Filters;

/// <summary>Operations on numbers and instants.</summary>
internal sealed class ComparableOperationFilterInputType<TScalar> : OperationFilterInputType
    where TScalar : ScalarGraphType, new()
{
    public ComparableOperationFilterInputType()
    {
        var scalar = new TScalar().Name;
        Name = $"{scalar}OperationFilterInput";
        Description = $"Conditions on a value of type {scalar}; all that are given hold.";
        Equality(typeof(TScalar));
        Membership(typeof(TScalar));
        Compare(typeof(TScalar), "gt", "ngt", "is greater than this", Expression.GreaterThan, " > ");
        Compare(typeof(TScalar), "gte", "ngte", "is greater than or equal to this", Expression.GreaterThanOrEqual, " >= ");
        Compare(typeof(TScalar), "lt", "nlt", "is less than this", Expression.LessThan, " < ");
        Compare(typeof(TScalar), "lte", "nlte", "is less than or equal to this", Expression.LessThanOrEqual, " <= ");
    }
}

/// <summary>Operations on one of the values of an enum.</summary>
internal sealed class EnumOperationFilterInputType<TEnum> : OperationFilterInputType
    where TEnum : struct, Enum
{
    public EnumOperationFilterInputType()
    {
        Name = $"{typeof(TEnum).Name}OperationFilterInput";
        Description = $"Conditions on a value of type {typeof(TEnum).Name}; all that are given hold.";
        Equality(typeof(EnumType<TEnum>));
        Compare(typeof(ListGraphType<NonNullGraphType<EnumType<TEnum>>>), "in", "nin", "is one of these", Contains, " = ");
    }
}

/// <summary>Operations on yes or no.</summary>
internal sealed class BooleanOperationFilterInputType : OperationFilterInputType
{
    public BooleanOperationFilterInputType()
    {
        Name = "BooleanOperationFilterInput";
        Description = "Conditions on a value of type Boolean; all that are given hold.";
        Equality(typeof(BooleanGraphType));
    }
}

/// <summary>Operations on the key, written as global identifiers.</summary>
internal sealed class IdOperationFilterInputType : OperationFilterInputType
{
    public IdOperationFilterInputType()
    {
        Name = "IdOperationFilterInput";
        Description = "Conditions on a global identifier; all that are given hold.";
        Equality(typeof(IdGraphType));
        Membership(typeof(IdGraphType));
    }

    protected override object? Convert(EntityColumn column, object? value) => value is null ? null : column.Ids!.Parse((string)value);
}

/// <summary>Operations on text. Upper and lower case differ; wildcards have no meaning.</summary>
internal sealed class StringOperationFilterInputType : OperationFilterInputType
{
    public StringOperationFilterInputType()
    {
        Name = "StringOperationFilterInput";
        Description = "Conditions on a text; all that are given hold. Upper and lower case differ, and no character is a wildcard.";
        Field<ListGraphType<NonNullGraphType<StringOperationFilterInputType>>>("and").Description("Every one of these holds.");
        Field<ListGraphType<NonNullGraphType<StringOperationFilterInputType>>>("or").Description("At least one of these holds; an empty list keeps all.");
        Equality(typeof(StringGraphType));
        Compare(typeof(StringGraphType), "contains", "ncontains", "contains this", Call(nameof(string.Contains)), " LIKE ", text => $"%{Literal(text)}%");
        Membership(typeof(StringGraphType));
        Compare(typeof(StringGraphType), "startsWith", "nstartsWith", "starts with this", Call(nameof(string.StartsWith)), " LIKE ", text => $"{Literal(text)}%");
        Compare(typeof(StringGraphType), "endsWith", "nendsWith", "ends with this", Call(nameof(string.EndsWith)), " LIKE ", text => $"%{Literal(text)}");
    }

    public override Expression? Build(Expression member, EntityColumn column, IDictionary<string, object?> operands, FilterScope scope)
    {
        var condition = base.Build(member, column, operands.Where(pair => pair.Key is not ("and" or "or")).ToDictionary(), scope);
        foreach (var (name, operand) in operands.Where(pair => pair.Key is "and" or "or"))
        {
            if (operand is null)
                throw NullOperand.ForFilter(Fields.Find(name)!, Name);
            var parts = ((IEnumerable<object?>)operand).Select(part => Build(member, column, (IDictionary<string, object?>)part!, scope)).ToList();
            if (parts.Count == 0 || (name == "or" && parts.Contains(null)))
                continue;
            var joined = parts.OfType<Expression>().DefaultIfEmpty(Expression.Constant(true)).Aggregate(name == "and" ? Expression.AndAlso : Expression.OrElse);
            condition = condition is null ? joined : Expression.AndAlso(condition, joined);
        }

        return condition;
    }

    public override void Write(StringBuilder sql, SqlPlace place, EntityColumn column, IDictionary<string, object?> operands, FilterScope scope) =>
        SqlCondition.All(sql, operands, (part, pair) =>
        {
            if (pair.Key is not ("and" or "or"))
                base.Write(part, place, column, new Dictionary<string, object?> { [pair.Key] = pair.Value }, scope);
            else if (pair.Value is null)
                throw NullOperand.ForFilter(Fields.Find(pair.Key)!, Name);
            else
                SqlCondition.Join(part, place.Statement, pair.Key, (IEnumerable<object?>)pair.Value, (inner, item) => Write(inner, place, column, (IDictionary<string, object?>)item!, scope));
        });

    // As the pattern that only itself fits.
    private static string Literal(string text) => text
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal);

    private static Func<Expression, Expression, Expression> Call(string method)
    {
        var info = typeof(string).GetMethod(method, [typeof(string)])!;
        return (member, operand) => Expression.Call(member, info, operand);
    }
}
