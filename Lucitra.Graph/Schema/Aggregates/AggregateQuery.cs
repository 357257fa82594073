using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Schema.Aggregates;

/// <summary>Groups, figures, conditions on them, order and page: one statement.</summary>
internal sealed class AggregateQuery<T>(IReadOnlyList<GroupKey> keys, IReadOnlyList<Measure> measures, bool nullsSortLast)
    where T : class
{
    /// <summary>By what groups are sorted, the most important first.</summary>
    public List<(object By, SortDirection Direction)> Order { get; } = [];

    /// <summary>The values of each group: its keys, then its figures.</summary>
    public IQueryable<object?[]> On(IQueryable<T> source, LambdaExpression? having, int offset, int limit)
    {
        var x = Expression.Parameter(typeof(T), "x");
        var keyType = KeyType();

        // Without a key all objects are one group.
        var values = keys.Select(one => one.Of(x)).DefaultIfEmpty(Expression.Constant(1));
        var key = Expression.MemberInit(
            Expression.New(keyType),
            values.Select((value, index) => Expression.Bind(keyType.GetProperty($"Key{index}")!, value)));
        var groups = Expression.Call(typeof(Queryable), nameof(Queryable.GroupBy), [typeof(T), keyType], source.Expression, Expression.Quote(Expression.Lambda(key, x)));
        var groupType = typeof(IGrouping<,>).MakeGenericType(keyType, typeof(T));

        if (having is not null)
            groups = Expression.Call(typeof(Queryable), nameof(Queryable.Where), [groupType], groups, Expression.Quote(having));
        groups = Sort(groups, groupType);
        groups = Expression.Call(typeof(Queryable), nameof(Queryable.Skip), [groupType], groups, Parameter.Of(offset, typeof(int)));
        groups = Expression.Call(typeof(Queryable), nameof(Queryable.Take), [groupType], groups, Parameter.Of(limit, typeof(int)));

        var g = Expression.Parameter(groupType, "g");
        var figures = keys.Select((_, index) => KeyOf(g, index)).Concat(measures.Select(measure => measure.Over<T>(g)));
        var row = Expression.NewArrayInit(typeof(object), figures.Select(value => Expression.Convert(value, typeof(object))));
        var select = Expression.Call(typeof(Queryable), nameof(Queryable.Select), [groupType, typeof(object[])], groups, Expression.Quote(Expression.Lambda(row, g)));
        return source.Provider.CreateQuery<object?[]>(select);
    }

    /// <summary>The type of a group, for conditions on it.</summary>
    public Type GroupType() => typeof(IGrouping<,>).MakeGenericType(KeyType(), typeof(T));

    private static MemberExpression KeyOf(Expression group, int index) => Expression.Property(Expression.Property(group, "Key"), $"Key{index}");

    private Type KeyType()
    {
        var types = keys.Select(key => key.Type).Concat(Enumerable.Repeat(typeof(int), GroupKey.MaxKeys)).Take(GroupKey.MaxKeys);
        return typeof(Keys<,,,>).MakeGenericType([.. types]);
    }

    private MethodCallExpression Sort(MethodCallExpression groups, Type groupType)
    {
        var g = Expression.Parameter(groupType, "g");
        var first = true;
        var asked = Order.Select(order => (Value: order.By is Measure measure ? measure.Over<T>(g) : KeyOf(g, IndexOf((GroupKey)order.By)), order.Direction));
        foreach (var (value, direction) in asked.Concat(keys.Select((_, index) => (Value: (Expression)KeyOf(g, index), Direction: SortDirection.Asc))))
        {
            var nullable = !value.Type.IsValueType || Nullable.GetUnderlyingType(value.Type) is not null;
            if (nullable && !nullsSortLast)
                Then(Expression.Condition(Expression.Equal(value, Expression.Constant(null, value.Type)), Expression.Constant(1), Expression.Constant(0)), direction);
            Then(value, direction);
        }

        return groups;

        void Then(Expression value, SortDirection direction)
        {
            var method = (first ? "OrderBy" : "ThenBy") + (direction == SortDirection.Desc ? "Descending" : "");
            groups = Expression.Call(typeof(Queryable), method, [groupType, value.Type], groups, Expression.Quote(Expression.Lambda(value, g)));
            first = false;
        }
    }

    private int IndexOf(GroupKey key)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i] == key)
                return i;
        }

        throw new ArgumentException($"The grouping has no key {key.Column.Name}.");
    }
}

/// <summary>The keys of a group; those that a grouping does not have are never set.</summary>
internal sealed class Keys<T0, T1, T2, T3>
{
    public T0? Key0 { get; set; }

    public T1? Key1 { get; set; }

    public T2? Key2 { get; set; }

    public T3? Key3 { get; set; }
}
