using System.Linq.Expressions;
using System.Reflection;
using GraphQL;
using GraphQL.DataLoader;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Paging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Schema;

/// <summary>Reads entities for fields: pages, single objects and what hangs on them, one statement a level, only what was selected.</summary>
internal sealed class EntityReader(KeyedRead read, Batches batches, IDbContextFactory<LucitraDbContext> contexts, IOptions<PagingOptions> options)
{
    /// <summary>A page of all objects of a type.</summary>
    public async Task<object?> Page<T>(IResolveFieldContext context)
        where T : class
    {
        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        var hits = SearchArgument.Hits<T>(db, SearchArgument.Words(context));
        var query = new ConnectionQuery<T>(context, options.Value, db.SortsNullsLast, hits);
        var source = db.Set<T>().AsNoTracking();
        var rows = query.ReadsRows ? await query.Rows(source).ToListAsync(context.CancellationToken) : [];
        int? total = query.CountsTotal ? await query.Kept(source).CountAsync(context.CancellationToken) : null;
        return query.Page(rows, total);
    }

    /// <summary>The object with this key, or null.</summary>
    public IDataLoaderResult ById<T>(IResolveFieldContext context, EntityType<T> entity, object key)
        where T : class =>
        batches
            .Of<T, T?>(context, () =>
            {
                var members = entity.MembersOf(context.FieldAst.SelectionSet.Fields(context).Names());
                return new(async (keys, token) => await read.ManyAsync<T, T?>(entity, keys, x => Projection.New(x, members), token), null);
            })
            .Load(key, context.CancellationToken);

    /// <summary>The entity that a reference of the field's object leads to, or null.</summary>
    public IDataLoaderResult Reference<TParent, T>(IResolveFieldContext context, EntityLink link)
        where TParent : class
        where T : class
    {
        var parents = context.Entity<TParent>();
        return batches
            .Of<T, T?>(context, () =>
            {
                var members = context.Entity<T>().MembersOf(context.FieldAst.SelectionSet.Fields(context).Names());
                return new(async (keys, token) => await read.ManyAsync<TParent, T?>(parents, keys, x => Target(x, link, members), token), null);
            })
            .Load(parents.Key.Read(context.Source!)!, context.CancellationToken);
    }

    /// <summary>A page of the list that hangs on the field's object.</summary>
    public IDataLoaderResult Connection<TParent, T>(IResolveFieldContext context, EntityLink link)
        where TParent : class
        where T : class
    {
        var parents = context.Entity<TParent>();
        return batches
            .Of<T, Connection>(context, () =>
            {
                // The context is reused for other fields once this resolver returns, so the query is made here.
                var query = new ConnectionQuery<T>(context, options.Value, read.SortsNullsLast);
                return new((keys, token) => PagesAsync(parents, link, query, keys, token), Paging.Connection.Empty);
            })
            .Load(parents.Key.Read(context.Source!)!, context.CancellationToken);
    }

    private async Task<IReadOnlyDictionary<object, Connection>> PagesAsync<TParent, T>(
        EntityType<TParent> parents, EntityLink link, ConnectionQuery<T> query, IReadOnlyCollection<object> keys, CancellationToken cancellationToken)
        where TParent : class
        where T : class
    {
        var rows = query.ReadsRows
            ? await read.ManyAsync<TParent, List<Row<T>>>(
                parents,
                keys,
                x => Expression.Call(typeof(Enumerable), nameof(Enumerable.ToList), [typeof(Row<T>)], On<T, Row<T>>(x, link, query.Rows)),
                cancellationToken)
            : [];
        var totals = query.CountsTotal
            ? await read.ManyAsync<TParent, int>(
                parents,
                keys,
                x => Expression.Call(typeof(Queryable), nameof(Queryable.Count), [typeof(T)], On<T, T>(x, link, query.Kept)),
                cancellationToken)
            : null;
        return keys.ToDictionary(key => key, key => query.Page(rows.GetValueOrDefault(key, []), totals?.GetValueOrDefault(key)));
    }

    private static ConditionalExpression Target(ParameterExpression parent, EntityLink link, IReadOnlySet<PropertyInfo> members)
    {
        var target = Expression.Property(parent, link.Member);
        var none = Expression.Constant(null, link.Target);
        return Expression.Condition(Expression.Equal(target, none), none, Projection.New(target, members), link.Target);
    }

    /// <summary>A query written for any source, put on the list that hangs on <paramref name="parent"/>.</summary>
    private static Expression On<T, TResult>(ParameterExpression parent, EntityLink link, Func<IQueryable<T>, IQueryable<TResult>> query)
    {
        var placeholder = Array.Empty<T>().AsQueryable();
        var list = Expression.Call(typeof(Queryable), nameof(Queryable.AsQueryable), [typeof(T)], Expression.Property(parent, link.Member));
        return new Rebind(placeholder.Expression, list).Visit(query(placeholder).Expression)!;
    }
}
