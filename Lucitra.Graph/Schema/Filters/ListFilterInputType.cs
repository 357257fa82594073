using System.Linq.Expressions;
using System.Text;
using GraphQL.Types;
using Lucitra.Graph.Schema.Statements;

namespace Lucitra.Graph.Schema.Filters;

/// <summary>Filters by the entities in a list.</summary>
internal sealed class ListFilterInputType<T> : InputObjectGraphType, IFilterInput
    where T : class
{
    private readonly FilterInputType<T> _items;

    public ListFilterInputType(FilterInputType<T> items)
    {
        _items = items;
        Name = $"ListFilterInputTypeOf{items.Name}";
        Description = $"Filters by the objects in a list, each tested by {items.Name}.";
        Field<FilterInputType<T>>("all").Description("The condition holds for every one; true of an empty list.");
        Field<FilterInputType<T>>("none").Description("The condition holds for none.");
        Field<FilterInputType<T>>("some").Description("The condition holds for at least one.");
        Field<BooleanGraphType>("any").Description("Whether there is any at all.");
    }

    public Expression? Build(Expression instance, object? value, FilterScope scope)
    {
        Expression? condition = null;
        foreach (var (name, operand) in (IDictionary<string, object?>)value!)
        {
            if (operand is null)
                throw NullOperand.ForFilter(Fields.Find(name)!, Name);
            scope.Count();
            var part = Quantify(instance, name, operand, scope);
            condition = condition is null ? part : Expression.AndAlso(condition, part);
        }

        return condition;
    }

    public void Write(StringBuilder sql, SqlPlace place, EntityLink link, object value, FilterScope scope) =>
        SqlCondition.All(sql, (IDictionary<string, object?>)value, (part, pair) =>
        {
            if (pair.Value is null)
                throw NullOperand.ForFilter(Fields.Find(pair.Key)!, Name);
            scope.Count();
            Quantify(part, place.Many(link.Member), pair.Key, pair.Value, scope);
        });

    private void Quantify(StringBuilder sql, SqlQuery items, string name, object operand, FilterScope scope)
    {
        var where = operand as IDictionary<string, object?>;
        if (name == "all")
        {
            // "Every" is asked of what the list shows.
            _items.WriteShown(items, where);
            items.And().Append('(');
            _items.Write(items.Where, items.Root, where!, scope);
            items.Where.Append(") IS NOT TRUE");
        }
        else
        {
            _items.WritePredicate(items, where, scope);
        }

        sql.Append(name is "all" or "none" || operand is false ? "NOT EXISTS (SELECT" : "EXISTS (SELECT");
        items.WriteRows(sql);
        sql.Append(')');
    }

    private Expression Quantify(Expression list, string name, object operand, FilterScope scope)
    {
        if (name == "any")
        {
            var any = Any(list, _items.Predicate(null, scope));
            return (bool)operand ? any : Expression.Not(any);
        }

        var where = (IDictionary<string, object?>)operand;
        if (name == "all")
        {
            // "Every" is asked of what the list shows.
            var shown = _items.Shown(where);
            var items = shown is null ? list : Call(nameof(Enumerable.Where), list, shown);
            var item = Expression.Parameter(typeof(T), "x");
            return Call(nameof(Enumerable.All), items, Expression.Lambda<Func<T, bool>>(_items.Build(item, where, scope) ?? Expression.Constant(true), item));
        }

        var some = Any(list, _items.Predicate(where, scope));
        return name == "some" ? some : Expression.Not(some);
    }

    private static MethodCallExpression Any(Expression list, Expression<Func<T, bool>>? predicate) =>
        predicate is null
            ? Expression.Call(typeof(Enumerable), nameof(Enumerable.Any), [typeof(T)], list)
            : Call(nameof(Enumerable.Any), list, predicate);

    private static MethodCallExpression Call(string method, Expression list, Expression<Func<T, bool>> predicate) =>
        Expression.Call(typeof(Enumerable), method, [typeof(T)], list, predicate);
}
