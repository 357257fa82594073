using System.Linq.Expressions;
using GraphQL.Types;

namespace Lucitra.Graph.Schema.Filters;

/// <summary>
/// The operations on one column. Null as the operand of <c>eq</c> and <c>neq</c> asks whether there is a value; a negated
/// operation also keeps objects without one.
/// </summary>
internal abstract class OperationFilterInputType : InputObjectGraphType
{
    private readonly Dictionary<string, Func<Expression, Expression, Expression>> _operations = [];

    public virtual Expression? Build(Expression member, EntityColumn column, IDictionary<string, object?> operands, FilterScope scope)
    {
        Expression? condition = null;
        foreach (var (name, operand) in operands)
        {
            scope.Count();
            var part = Build(name, member, column, operand);
            condition = condition is null ? part : Expression.AndAlso(condition, part);
        }

        return condition;
    }

    /// <summary>Adds an operation that takes one value, and its negation.</summary>
    protected void Operation(Type scalar, string name, string negatedName, string meaning, Func<Expression, Expression, Expression> apply)
    {
        Add(scalar, name, $"The value {meaning}.", apply);
        Add(scalar, negatedName, $"Not: the value {meaning}.", (member, operand) => Expression.Not(apply(member, operand)));
    }

    protected void Equality(Type scalar)
    {
        Add(scalar, "eq", "The value is this; null: there is no value.", Expression.Equal);
        Add(scalar, "neq", "The value is not this; null: there is a value.", Expression.NotEqual);
    }

    protected void Membership(Type scalar) =>
        Operation(typeof(ListGraphType<>).MakeGenericType(scalar), "in", "nin", "is one of these", Contains);

    protected static Expression Contains(Expression member, Expression list) =>
        Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [member.Type], list, member);

    /// <summary>The operand as the column's own type.</summary>
    protected virtual object? Convert(EntityColumn column, object? value) => value;

    private Expression Build(string name, Expression member, EntityColumn column, object? operand)
    {
        if (operand is IEnumerable<object?> list)
            return _operations[name](member, Parameter.OfList(list.Select(item => Convert(column, item)).Where(item => CanHold(column, item)), member.Type));
        if (operand is not null)
        {
            return CanHold(column, operand)
                ? _operations[name](member, Parameter.Of(Convert(column, operand), member.Type))
                : Expression.Constant(IsNegated(name));
        }

        if (name is not ("eq" or "neq"))
            throw NullOperand.ForFilter(Fields.Find(name)!, Name);

        // A column that is never null is never equal to it.
        return column.Nullable ? _operations[name](member, Expression.Constant(null, member.Type)) : Expression.Constant(IsNegated(name));
    }

    // PostgreSQL refuses even to compare with U+0000.
    private static bool CanHold(EntityColumn column, object? value) =>
        value is null ? column.Nullable : value is not string text || !text.Contains('\0', StringComparison.Ordinal);

    private static bool IsNegated(string operation) => operation[0] == 'n';

    private void Add(Type type, string name, string description, Func<Expression, Expression, Expression> apply)
    {
        _operations[name] = apply;
        AddField(new FieldType { Name = name, Type = type, Description = description });
    }
}
