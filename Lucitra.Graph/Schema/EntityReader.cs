using System.Linq.Expressions;
using GraphQL;
using GraphQL.DataLoader;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Paging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Schema;

/// <summary>Reads entities for fields: pages, single objects and what hangs on them, one statement a level, only what was selected.</summary>
internal sealed class EntityReader(IDbContextFactory<LucitraDbContext> contexts, Batches batches, IOptions<PagingOptions> options)
{
    /// <summary>A page of all objects of a type.</summary>
    public async Task<object?> Page<T>(IResolveFieldContext context)
        where T : class
    {
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var query = new ConnectionQuery<T>(context, db, options.Value);
        var source = db.Set<T>().AsNoTracking();
        var rows = query.ReadsRows ? await query.Rows(source).ToListAsync(context.CancellationToken) : [];
        int? total = query.CountsTotal ? await query.Kept(source).CountAsync(context.CancellationToken) : null;
        return query.Page(rows, total);
    }

    /// <summary>The object with this key, or null.</summary>
    public IDataLoaderResult ById<T>(IResolveFieldContext context, EntityType<T> entity, object key)
        where T : class
    {
        var members = entity.MembersOf(context.FieldAst.SelectionSet.Fields(context.Document).Names());
        return batches.Of(context, () => new Batch<object?>(FetchAsync, null)).Load(key, context.CancellationToken);

        async Task<IReadOnlyDictionary<object, object?>> FetchAsync(IReadOnlyCollection<object> keys, CancellationToken cancellationToken)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var x = Expression.Parameter(typeof(T), "x");
            var found = await db.Set<T>().AsNoTracking()
                .Where(KeyIn(entity, keys, x))
                .Select(Expression.Lambda<Func<T, T>>(Projection.New(x, members), x))
                .ToListAsync(cancellationToken);
            return found.ToDictionary(item => entity.Key.Member.GetValue(item)!, object? (item) => item);
        }
    }

    /// <summary>The entity that a reference of the field's object leads to, or null.</summary>
    public IDataLoaderResult Reference<TParent, T>(IResolveFieldContext context, EntityLink link)
        where TParent : class
        where T : class
    {
        var parents = context.Entity<TParent>();
        var members = context.Entity<T>().MembersOf(context.FieldAst.SelectionSet.Fields(context.Document).Names());
        return batches.Of(context, () => new Batch<object?>(FetchAsync, null)).Load(parents.Key.Member.GetValue(context.Source)!, context.CancellationToken);

        async Task<IReadOnlyDictionary<object, object?>> FetchAsync(IReadOnlyCollection<object> keys, CancellationToken cancellationToken)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var x = Expression.Parameter(typeof(TParent), "x");
            var target = Expression.Property(x, link.Member);
            var found = await db.Set<TParent>().AsNoTracking()
                .Where(KeyIn(parents, keys, x))
                .Where(Expression.Lambda<Func<TParent, bool>>(Expression.NotEqual(target, Expression.Constant(null, typeof(T))), x))
                .Select(Keyed<TParent, T>(parents, Projection.New(target, members), x))
                .ToListAsync(cancellationToken);
            return found.ToDictionary(item => item.Key, object? (item) => item.Value);
        }
    }

    /// <summary>A page of the list that hangs on the field's object.</summary>
    public IDataLoaderResult Connection<TParent, T>(IResolveFieldContext context, EntityLink link)
        where TParent : class
        where T : class
    {
        var parents = context.Entity<TParent>();
        return batches
            .Of(context, () =>
            {
                // The context is reused for other fields once this resolver returns, so the query is made here.
                using var db = contexts.CreateDbContext();
                var query = new ConnectionQuery<T>(context, db, options.Value);
                return new Batch<Connection>((keys, cancellationToken) => FetchAsync(query, keys, cancellationToken), Paging.Connection.Empty);
            })
            .Load(parents.Key.Member.GetValue(context.Source)!, context.CancellationToken);

        async Task<IReadOnlyDictionary<object, Connection>> FetchAsync(
            ConnectionQuery<T> query, IReadOnlyCollection<object> keys, CancellationToken cancellationToken)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var x = Expression.Parameter(typeof(TParent), "x");
            var pages = new Dictionary<object, (List<Row<T>> Rows, int? Total)>();
            if (query.ReadsRows)
            {
                var rows = Expression.Call(typeof(Enumerable), nameof(Enumerable.ToList), [typeof(Row<T>)], On<T, Row<T>>(x, link, query.Rows));
                foreach (var item in await db.Set<TParent>().AsNoTracking().Where(KeyIn(parents, keys, x)).Select(Keyed<TParent, List<Row<T>>>(parents, rows, x)).ToListAsync(cancellationToken))
                    pages[item.Key] = (item.Value, null);
            }

            if (query.CountsTotal)
            {
                var count = Expression.Call(typeof(Queryable), nameof(Queryable.Count), [typeof(T)], On<T, T>(x, link, query.Kept));
                foreach (var item in await db.Set<TParent>().AsNoTracking().Where(KeyIn(parents, keys, x)).Select(Keyed<TParent, int>(parents, count, x)).ToListAsync(cancellationToken))
                    pages[item.Key] = (pages.GetValueOrDefault(item.Key).Rows ?? [], item.Value);
            }

            return pages.ToDictionary(page => page.Key, page => query.Page(page.Value.Rows, page.Value.Total));
        }
    }

    /// <summary>A query written for any source, put on the list that hangs on <paramref name="parent"/>.</summary>
    private static Expression On<T, TResult>(ParameterExpression parent, EntityLink link, Func<IQueryable<T>, IQueryable<TResult>> query)
    {
        var placeholder = Array.Empty<T>().AsQueryable();
        var list = Expression.Call(typeof(Queryable), nameof(Queryable.AsQueryable), [typeof(T)], Expression.Property(parent, link.Member));
        return new Rebind(placeholder.Expression, list).Visit(query(placeholder).Expression)!;
    }

    private static Expression<Func<T, bool>> KeyIn<T>(EntityType<T> entity, IReadOnlyCollection<object> keys, ParameterExpression x)
        where T : class
    {
        var key = Expression.Property(x, entity.Key.Member);
        var list = Parameter.OfList(keys, key.Type);
        return Expression.Lambda<Func<T, bool>>(Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [key.Type], list, key), x);
    }

    private static Expression<Func<TParent, Keyed<TValue>>> Keyed<TParent, TValue>(EntityType<TParent> parents, Expression value, ParameterExpression x)
        where TParent : class
    {
        var key = Expression.Convert(Expression.Property(x, parents.Key.Member), typeof(object));
        return Expression.Lambda<Func<TParent, Keyed<TValue>>>(Expression.New(typeof(Keyed<TValue>).GetConstructors().Single(), key, value), x);
    }
}

/// <summary>Something read for the object with a key.</summary>
internal sealed record Keyed<TValue>(object Key, TValue Value);
