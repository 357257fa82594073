using System.Linq.Expressions;
using System.Text;
using GraphQL.Types;
using Lucitra.Graph.Schema.Statements;

namespace Lucitra.Graph.Schema.Filters;

/// <summary>
/// The operations on one column. Null as the operand of <c>eq</c> and <c>neq</c> asks whether there is a value; a negated
/// operation also keeps objects without one.
/// </summary>
internal abstract class OperationFilterInputType : InputObjectGraphType
{
    private readonly Dictionary<string, Operation> _operations = [];

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

    /// <summary>Writes the same condition on a column of <paramref name="place"/>.</summary>
    public virtual void Write(StringBuilder sql, SqlPlace place, EntityColumn column, IDictionary<string, object?> operands, FilterScope scope) =>
        SqlCondition.All(sql, operands, (part, pair) =>
        {
            scope.Count();
            Write(part, pair.Key, place, column, pair.Value);
        });

    /// <summary>Adds an operation that takes one value, and its negation.</summary>
    /// <param name="scalar">The type of the value.</param>
    /// <param name="name">Its name.</param>
    /// <param name="negatedName">The name of its negation.</param>
    /// <param name="meaning">What it says of the value.</param>
    /// <param name="apply">The condition, of the column and the value.</param>
    /// <param name="comparison">What stands between column and value in SQL.</param>
    /// <param name="pattern">The value as SQL takes it; null: as it is.</param>
    protected void Compare(
        Type scalar, string name, string negatedName, string meaning, Func<Expression, Expression, Expression> apply, string comparison, Func<string, string>? pattern = null)
    {
        Add(scalar, name, $"The value {meaning}.", new(apply, comparison, pattern));
        Add(scalar, negatedName, $"Not: the value {meaning}.", new((member, operand) => Expression.Not(apply(member, operand)), comparison, pattern));
    }

    protected void Equality(Type scalar)
    {
        Add(scalar, "eq", "The value is this; null: there is no value.", new(Expression.Equal, " = "));
        Add(scalar, "neq", "The value is not this; null: there is a value.", new(Expression.NotEqual, " = "));
    }

    protected void Membership(Type scalar) =>
        Compare(typeof(ListGraphType<>).MakeGenericType(scalar), "in", "nin", "is one of these", Contains, " = ");

    protected static Expression Contains(Expression member, Expression list) =>
        Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [member.Type], list, member);

    /// <summary>The operand as the column's own type.</summary>
    protected virtual object? Convert(EntityColumn column, object? value) => value;

    private Expression Build(string name, Expression member, EntityColumn column, object? operand)
    {
        if (operand is IEnumerable<object?> list)
            return _operations[name].Apply(member, Parameter.OfList(list.Select(item => Convert(column, item)).Where(item => CanHold(column, item)), member.Type));
        if (operand is not null)
        {
            return CanHold(column, operand)
                ? _operations[name].Apply(member, Parameter.Of(Convert(column, operand), member.Type))
                : Expression.Constant(IsNegated(name));
        }

        if (name is not ("eq" or "neq"))
            throw NullOperand.ForFilter(Fields.Find(name)!, Name);

        // A column that is never null is never equal to it.
        return column.Nullable ? _operations[name].Apply(member, Expression.Constant(null, member.Type)) : Expression.Constant(IsNegated(name));
    }

    private void Write(StringBuilder sql, string name, SqlPlace place, EntityColumn column, object? operand)
    {
        var value = place.Column(column.Member);
        var isNullable = column.Nullable || place.MayBeMissing;
        if (operand is null && name is not ("eq" or "neq"))
            throw NullOperand.ForFilter(Fields.Find(name)!, Name);

        // A negated operation keeps rows without a value, too.
        sql.Append('(');
        if (operand is null && isNullable)
            sql.Append(value).Append(" IS NULL");
        else if (operand is IEnumerable<object?> list)
            WriteMembership(sql, place.Statement, value, column with { Nullable = isNullable }, [.. list]);
        else if (operand is not null && CanHold(column, operand))
            WriteComparison(sql, place.Statement, value, column, name, Convert(column, operand)!);
        else
            sql.Append("FALSE");
        sql.Append(IsNegated(name) ? ") IS NOT TRUE" : ")");
    }

    private void WriteMembership(StringBuilder sql, SqlStatement statement, string value, EntityColumn column, object?[] list)
    {
        var held = list.Where(item => CanHold(column, item)).Select(item => Convert(column, item)).ToList();
        sql.Append(value).Append(" = ANY(").Append(statement.ListParameter(held.OfType<object>(), column.Member.PropertyType)).Append(')');
        if (held.Contains(null))
            sql.Append(" OR ").Append(value).Append(" IS NULL");
    }

    private void WriteComparison(StringBuilder sql, SqlStatement statement, string value, EntityColumn column, string name, object operand)
    {
        var (_, comparison, pattern) = _operations[name];
        var type = column.Member.PropertyType;
        sql.Append(value).Append(comparison);
        if (pattern is null && !IsNegated(name))
            sql.Append(statement.Compared(value, name == "eq", operand, type));
        else
            sql.Append(statement.Parameter(pattern is null ? operand : pattern((string)operand), type));
    }

    // PostgreSQL refuses even to compare with U+0000.
    private static bool CanHold(EntityColumn column, object? value) =>
        value is null ? column.Nullable : value is not string text || !text.Contains('\0', StringComparison.Ordinal);

    private static bool IsNegated(string operation) => operation[0] == 'n';

    private void Add(Type type, string name, string description, Operation operation)
    {
        _operations[name] = operation;
        AddField(new FieldType { Name = name, Type = type, Description = description });
    }

    /// <summary>An operation as both ways of reading say it.</summary>
    private sealed record Operation(Func<Expression, Expression, Expression> Apply, string Comparison, Func<string, string>? Pattern = null);
}
