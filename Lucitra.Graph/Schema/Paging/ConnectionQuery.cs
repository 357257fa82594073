using System.Linq.Expressions;
using GraphQL;
using GraphQLParser.AST;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Filters;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Schema.Paging;

/// <summary>What a connection field asks of its list, ready to be put on any source of the entity.</summary>
internal sealed class ConnectionQuery<T>
    where T : class
{
    private readonly PageRequest _page;
    private readonly Ordering<T> _ordering;
    private readonly Expression<Func<T, bool>>? _filter;
    private readonly Expression<Func<T, Row<T>>> _projection;
    private readonly List<Expression<Func<T, bool>>> _bounds = [];
    private readonly Expression<Func<T, bool>>? _found;
    private readonly bool _nullsSortLast;

    public ConnectionQuery(IResolveFieldContext context, PagingOptions options, bool nullsSortLast, IQueryable<SearchHit>? hits = null)
    {
        var entity = context.Entity<T>();
        var filters = (FilterInputType<T>)context.ArgumentType("where");
        var x = Expression.Parameter(typeof(T), "x");

        _page = PageRequest.Of(context, options);
        _filter = filters.Argument(context.GetArgument<IDictionary<string, object?>?>("where"), options.MaxFilterOperations);
        var keys = OrderArgument.Keys(context, x);
        if (hits is not null)
        {
            _found = SearchArgument.IsFound<T>(hits, entity.Key);
            keys = keys.Count > 0 ? keys : [SearchArgument.Best(hits, SearchArgument.Words(context)!, x, entity.Key)];
        }

        _ordering = new Ordering<T>(x, keys, entity.Key, $"{context.ParentType.Name}.{context.FieldDefinition.Name}");
        _nullsSortLast = nullsSortLast;
        Bound("after", _page.After, backward: false);
        Bound("before", _page.Before, backward: true);

        var selected = context.FieldAst.SelectionSet.Fields(context).ToList();
        var nodes = selected.Fields("nodes", context)
            .Concat(selected.Fields("edges", context).Fields("node", context));
        _projection = _ordering.Project(entity.MembersOf(nodes.Names()));
        CountsTotal = Selects(selected, "totalCount");
        ReadsRows = Selects(selected, "nodes") || Selects(selected, "edges") || Selects(selected, "pageInfo");
    }

    /// <summary>Whether the total is asked for.</summary>
    public bool CountsTotal { get; }

    /// <summary>Whether anything but the total is asked for.</summary>
    public bool ReadsRows { get; }

    /// <summary>The rows of the page and one more, which tells whether there is another page.</summary>
    public IQueryable<Row<T>> Rows(IQueryable<T> source)
    {
        var kept = _bounds.Aggregate(Kept(source), (rows, bound) => rows.Where(bound));
        var sorted = _ordering.Sort(kept, _page.Backward, _nullsSortLast);

        // A literal limit: with a parameter PostgreSQL settles on a plan made for any limit.
        var limit = Expression.Call(typeof(EF), nameof(EF.Constant), [typeof(int)], Expression.Constant(_page.Size + 1));
        var taken = Expression.Call(typeof(Queryable), nameof(Queryable.Take), [typeof(T)], sorted.Expression, limit);
        return source.Provider.CreateQuery<T>(taken).Select(_projection);
    }

    /// <summary>The whole list, all pages together.</summary>
    public IQueryable<T> Kept(IQueryable<T> source)
    {
        var found = _found is null ? source : source.Where(_found);
        return _filter is null ? found : found.Where(_filter);
    }

    public Connection Page(List<Row<T>> rows, int? total)
    {
        var more = rows.Count > _page.Size;
        if (more)
            rows.RemoveAt(rows.Count - 1);
        if (_page.Backward)
            rows.Reverse();

        var edges = rows.ConvertAll(row => new Edge(row.Node, Cursor.Encode(_ordering.Signature, row.Keys)));
        var info = new PageInfo(
            HasNextPage: _page.Backward ? _page.Before is not null : more,
            HasPreviousPage: _page.Backward ? more : _page.After is not null,
            edges.FirstOrDefault()?.Cursor,
            edges.LastOrDefault()?.Cursor);
        return new Connection(edges, info, total);
    }

    private static bool Selects(List<GraphQLField> fields, string name) => fields.Exists(field => field.Name.Value.Span.SequenceEqual(name));

    private void Bound(string argument, string? cursor, bool backward)
    {
        if (cursor is not null)
            _bounds.Add(_ordering.Beyond(Cursor.Decode(_ordering.Signature, _ordering.KeyTypes, argument, cursor), backward));
    }
}
