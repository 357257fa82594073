using System.Linq.Expressions;
using Lucitra.Graph.Database;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Schema;

/// <summary>Reads something for each of many objects in one statement.</summary>
internal sealed class KeyedRead(IDbContextFactory<LucitraDbContext> contexts)
{
    private readonly Lazy<bool> _sortsNullsLast = new(() =>
    {
        using var db = contexts.CreateDbContext();
        return db.SortsNullsLast;
    });

    public bool SortsNullsLast => _sortsNullsLast.Value;

    /// <summary>By key: <paramref name="value"/> of every object that exists.</summary>
    public async Task<Dictionary<object, TValue>> ManyAsync<T, TValue>(
        EntityType<T> entity, IReadOnlyCollection<object> keys, Func<ParameterExpression, Expression> value, CancellationToken cancellationToken)
        where T : class
    {
        var x = Expression.Parameter(typeof(T), "x");
        var key = Expression.Property(x, entity.Key.Member);
        var isAsked = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [key.Type], Parameter.OfList(keys, key.Type), key);
        var keyed = Expression.New(typeof(Keyed<TValue>).GetConstructors().Single(), Expression.Convert(key, typeof(object)), value(x));

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<T>().AsNoTracking()
            .Where(Expression.Lambda<Func<T, bool>>(isAsked, x))
            .Select(Expression.Lambda<Func<T, Keyed<TValue>>>(keyed, x))
            .ToDictionaryAsync(item => item.Key, item => item.Value, cancellationToken);
    }

    private sealed record Keyed<TValue>(object Key, TValue Value);
}
