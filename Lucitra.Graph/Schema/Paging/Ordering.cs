using System.Linq.Expressions;
using System.Reflection;

namespace Lucitra.Graph.Schema.Paging;

/// <summary>A total order of an entity: the keys that were asked for, then the entity's own key, so that no two rows are equal.</summary>
internal sealed class Ordering<T>
    where T : class
{
    private static readonly ConstructorInfo _row = typeof(Row<T>).GetConstructors().Single();

    private readonly ParameterExpression _x;
    private readonly List<OrderKey> _keys;

    public Ordering(ParameterExpression x, IEnumerable<OrderKey> asked, EntityColumn key, string field)
    {
        _x = x;
        _keys = [.. asked.DistinctBy(order => order.Path)];
        if (!_keys.Exists(order => order.Path == key.Name))
            _keys.Add(OrderKey.Of(Expression.Property(x, key.Member), key.Name, nullable: false, SortDirection.Asc));
        Signature = Cursor.SignatureOf(field, _keys.Select(order => (order.Path, order.Descending)));
    }

    /// <summary>Names the list and its order in a cursor, so that the cursor of another one is told apart.</summary>
    public string Signature { get; }

    public IReadOnlyList<Type> KeyTypes => _keys.ConvertAll(key => key.Value.Type);

    public IQueryable<T> Sort(IQueryable<T> source, bool backward, bool nullsSortLast)
    {
        var expression = source.Expression;
        var first = true;
        foreach (var key in _keys.Select(key => backward ? key.Reversed : key))
        {
            if (key.Nullable && !nullsSortLast)
            {
                var isNull = Expression.Condition(Expression.Equal(key.Value, Expression.Constant(null, key.Value.Type)), Expression.Constant(1), Expression.Constant(0));
                Then(isNull, key.Descending);
            }

            Then(key.Value, key.Descending);
        }

        return source.Provider.CreateQuery<T>(expression);

        void Then(Expression value, bool descending)
        {
            var method = (first, descending) switch
            {
                (true, false) => nameof(Queryable.OrderBy),
                (true, true) => nameof(Queryable.OrderByDescending),
                (false, false) => nameof(Queryable.ThenBy),
                (false, true) => nameof(Queryable.ThenByDescending),
            };
            expression = Expression.Call(typeof(Queryable), method, [typeof(T), value.Type], expression, Expression.Quote(Expression.Lambda(value, _x)));
            first = false;
        }
    }

    /// <summary>Only rows after the one with these key values (before it, when <paramref name="backward"/>).</summary>
    public Expression<Func<T, bool>> Beyond(IReadOnlyList<object?> values, bool backward)
    {
        Expression beyond = Expression.Constant(false);
        for (var i = _keys.Count - 1; i >= 0; i--)
        {
            var key = backward ? _keys[i].Reversed : _keys[i];
            var tied = Expression.AndAlso(key.Same(values[i]), beyond);
            beyond = i == _keys.Count - 1
                ? key.After(values[i]) ?? Expression.Constant(false)
                : key.After(values[i]) is { } after ? Expression.OrElse(after, tied) : tied;
        }

        if (_keys.Count > 1 && (backward ? _keys[0].Reversed : _keys[0]).From(values[0]) is { } from)
            beyond = Expression.AndAlso(from, beyond);
        return Expression.Lambda<Func<T, bool>>(beyond, _x);
    }

    /// <summary>Reads only the given properties, with the key values that make the row's cursor.</summary>
    public Expression<Func<T, Row<T>>> Project(IEnumerable<PropertyInfo> members)
    {
        var node = Projection.New(_x, members);
        var keys = Expression.NewArrayInit(typeof(object), _keys.Select(key => Expression.Convert(key.Value, typeof(object))));
        return Expression.Lambda<Func<T, Row<T>>>(Expression.New(_row, [node, keys], [.. typeof(Row<T>).GetProperties()]), _x);
    }
}

/// <summary>One row of a page.</summary>
/// <param name="Node">The entity, with what was selected.</param>
/// <param name="Keys">Its values of the order's keys.</param>
internal sealed record Row<T>(T Node, object?[] Keys);
