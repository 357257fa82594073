using System.Linq.Expressions;
using System.Text;
using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Statements;

namespace Lucitra.Graph.Schema.Filters;

/// <summary>The filter input of an entity: its columns, references and lists, with <c>and</c> and <c>or</c>.</summary>
internal sealed class FilterInputType<T> : FilterInputType, IFilterInput
    where T : class
{
    private const string Property = "property";

    private readonly EntityType<T> _entity;

    public FilterInputType(EntityType<T> entity)
    {
        _entity = entity;
        Name = $"{entity.Name}FilterInput";
        Description = $"Which objects of type {entity.Name} to keep: those for which every given field holds. An empty object keeps all.";

        Field<ListGraphType<NonNullGraphType<FilterInputType<T>>>>("and").Description("Every one of these holds.");
        Field<ListGraphType<NonNullGraphType<FilterInputType<T>>>>("or").Description("At least one of these holds; an empty list keeps all.");
        foreach (var column in entity.Columns)
            Add(column.Name, Operations.TypeFor(column), Schema.Documentation.Of(column.Member)).Needs(column);
        foreach (var link in entity.References)
            Add(link.Name, typeof(FilterInputType<>).MakeGenericType(link.Target), Schema.Documentation.Of(link.Member));
        foreach (var link in entity.Lists)
            Add(link.Name, typeof(ListFilterInputType<>).MakeGenericType(link.Target), Schema.Documentation.Of(link.Member));
        if (entity.Named is not null)
            Add(Property, typeof(ListGraphType<NonNullGraphType<PropertyFilterInputType>>), "Conditions on properties by name; every one holds.").AccessByName(entity.Named);
    }

    /// <summary>The condition that a whole filter argument puts on objects.</summary>
    public Expression<Func<T, bool>>? Argument(IDictionary<string, object?>? where, int maxOperations)
    {
        var scope = new FilterScope();
        var predicate = Predicate(where, scope);
        scope.Require(maxOperations);
        return predicate;
    }

    /// <summary>The condition on objects, with what an unfiltered list leaves out; null keeps all.</summary>
    public Expression<Func<T, bool>>? Predicate(IDictionary<string, object?>? where, FilterScope scope)
    {
        var instance = Expression.Parameter(typeof(T), "x");
        var condition = where is null ? null : Build(instance, where, scope);
        if (Shown(where) is { } shown)
            condition = And(condition, Rebind.To(instance, shown));
        return condition is null ? null : Expression.Lambda<Func<T, bool>>(condition, instance);
    }

    /// <summary>What a list shows of which <paramref name="where"/> is asked; null: everything.</summary>
    public Expression<Func<T, bool>>? Shown(IDictionary<string, object?>? where) => Hides(where)?.Shown;

    public override void WriteArgument(SqlQuery query, IDictionary<string, object?>? where, int maxOperations)
    {
        var scope = new FilterScope();
        WritePredicate(query, where, scope);
        scope.Require(maxOperations);
    }

    /// <summary>Writes the conditions on the rows of a query, with what an unfiltered list leaves out.</summary>
    public void WritePredicate(SqlQuery query, IDictionary<string, object?>? where, FilterScope scope)
    {
        if (where is not null)
            Write(query.And(), query.Root, where, scope);
        WriteShown(query, where);
    }

    /// <summary>Writes what an unfiltered list leaves out.</summary>
    public void WriteShown(SqlQuery query, IDictionary<string, object?>? where)
    {
        if (Hides(where) is { } hidden)
            query.And().Append(query.Root.Column(hidden.WhereSet)).Append(" IS NULL");
    }

    public void Write(StringBuilder sql, SqlPlace place, EntityLink link, object value, FilterScope scope) =>
        Write(sql, place.Join(link.Member), (IDictionary<string, object?>)value, scope);

    public void Write(StringBuilder sql, SqlPlace place, IDictionary<string, object?> value, FilterScope scope) =>
        SqlCondition.All(sql, value, (part, pair) =>
        {
            if (pair.Value is null)
                throw NullOperand.ForFilter(Fields.Find(pair.Key)!, Name);
            WriteField(part, place, pair.Key, pair.Value, scope);
        });

    public Expression? Build(Expression instance, object? value, FilterScope scope)
    {
        Expression? condition = null;
        foreach (var (name, operand) in (IDictionary<string, object?>)value!)
        {
            if (operand is null)
                throw NullOperand.ForFilter(Fields.Find(name)!, Name);
            condition = And(condition, BuildField(instance, name, operand, scope));
        }

        return condition;
    }

    private Hidden<T>? Hides(IDictionary<string, object?>? where) =>
        _entity.Default is { } hidden && !Mentions(where, hidden.LiftedBy) ? hidden : null;

    private static Expression? And(Expression? left, Expression? right) =>
        left is null ? right : right is null ? left : Expression.AndAlso(left, right);

    private static bool Mentions(IDictionary<string, object?>? where, string field) =>
        where is not null && where.Any(pair =>
            pair.Key == field
            || (pair.Key is "and" or "or" && pair.Value is IEnumerable<object?> list && list.Any(item => Mentions((IDictionary<string, object?>?)item, field))));

    private Expression? BuildField(Expression instance, string name, object operand, FilterScope scope)
    {
        if (name is "and" or "or")
        {
            var parts = ((IEnumerable<object?>)operand).Select(part => Build(instance, part, scope)).ToList();

            // One alternative without a condition holds for every object, and so does the whole.
            if (parts.Count == 0 || (name == "or" && parts.Contains(null)))
                return null;
            return parts.OfType<Expression>().DefaultIfEmpty(Expression.Constant(true)).Aggregate(name == "and" ? Expression.AndAlso : Expression.OrElse);
        }

        if (name == Property && _entity.Named is { } values)
        {
            var properties = (PropertyFilterInputType)Fields.Find(name)!.ResolvedType!.GetNamedType();
            return ((IEnumerable<object?>)operand)
                .Select(item => properties.Build(instance, _entity.Key, values, (IDictionary<string, object?>)item!, scope))
                .Aggregate((Expression?)null, And);
        }

        var type = Fields.Find(name)!.ResolvedType;
        if (type is OperationFilterInputType operations)
        {
            var (column, value) = _entity.Columns.First(column => column.Name == name).In(instance);
            return operations.Build(value, column, (IDictionary<string, object?>)operand, scope);
        }

        var link = _entity.References.Concat(_entity.Lists).First(link => link.Name == name);
        return ((IFilterInput)type!).Build(Expression.Property(instance, link.Member), operand, scope);
    }

    private void WriteField(StringBuilder sql, SqlPlace place, string name, object operand, FilterScope scope)
    {
        if (name is "and" or "or")
        {
            SqlCondition.Join(sql, place.Statement, name, (IEnumerable<object?>)operand, (part, item) => Write(part, place, (IDictionary<string, object?>)item!, scope));
            return;
        }

        var type = Fields.Find(name)!.ResolvedType;
        if (type is OperationFilterInputType operations)
            operations.Write(sql, place, _entity.Columns.First(column => column.Name == name), (IDictionary<string, object?>)operand, scope);
        else if (type is IFilterInput linked)
            linked.Write(sql, place, _entity.References.Concat(_entity.Lists).First(link => link.Name == name), operand, scope);
        else
            place.Statement.Forgo();
    }

    private FieldType Add(string name, Type type, string? description) =>
        AddField(new FieldType { Name = name, Type = type, Description = description });
}

/// <summary>A filter input, where its entity is not known at compile time.</summary>
internal abstract class FilterInputType : InputObjectGraphType
{
    /// <summary>Writes the conditions that a whole filter argument puts on the rows of a query.</summary>
    public abstract void WriteArgument(SqlQuery query, IDictionary<string, object?>? where, int maxOperations);
}
