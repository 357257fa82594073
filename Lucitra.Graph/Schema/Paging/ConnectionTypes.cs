using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Schema.Paging;

/// <summary>The connection type of one list field.</summary>
internal sealed class ConnectionType<T> : ObjectGraphType<Connection>
    where T : class
{
    public ConnectionType(string name, string of)
    {
        Name = $"{name}Connection";
        Description = $"A page of {of}.";
        this.Access(AccessRule.Like<T>());
        Field<NonNullGraphType<PageInfoType>>("pageInfo").Description("Where the page stands in the list.").Resolve(context => context.Source.PageInfo);
        AddField(new FieldType
        {
            Name = "edges",
            Description = "The items of the page with their cursors.",
            ResolvedType = new ListGraphType(new NonNullGraphType(new EdgeType<T>(name))),
            Resolver = new FuncFieldResolver<Connection, object>(context => context.Source.Edges),
        });
        Field<ListGraphType<NonNullGraphType<EntityType<T>>>>("nodes").Description("The items of the page.")
            .Resolve(context => context.Source.Edges.Select(edge => edge.Node));
        Field<NonNullGraphType<IntGraphType>>("totalCount").Description("How many items the list has in all pages together. Counted only when asked for.")
            .Resolve(context => context.Source.TotalCount);
    }
}

/// <summary>The edge type of one list field.</summary>
internal sealed class EdgeType<T> : ObjectGraphType<Edge>
    where T : class
{
    public EdgeType(string name)
    {
        Name = $"{name}Edge";
        Description = "An item of a page and its place in the list.";
        this.Access(AccessRule.Like<T>());
        Field<NonNullGraphType<StringGraphType>>("cursor")
            .Description("The place of the item, opaque; for `after` and `before` of the same field with the same `order`.")
            .Resolve(context => context.Source.Cursor);
        Field<NonNullGraphType<EntityType<T>>>("node").Description("The item.").Resolve(context => context.Source.Node);
    }
}

/// <summary>PageInfo of the Cursor Connections specification.</summary>
internal sealed class PageInfoType : ObjectGraphType<PageInfo>
{
    public PageInfoType()
    {
        Name = "PageInfo";
        Description = "Where a page stands in its list.";
        this.Access(AccessRule.AsParent);
        Field<NonNullGraphType<BooleanGraphType>>("hasNextPage").Description("Whether there are items after the page.").Resolve(context => context.Source.HasNextPage);
        Field<NonNullGraphType<BooleanGraphType>>("hasPreviousPage").Description("Whether there are items before the page.").Resolve(context => context.Source.HasPreviousPage);
        Field<StringGraphType>("startCursor").Description("The cursor of the first item; null on an empty page.").Resolve(context => context.Source.StartCursor);
        Field<StringGraphType>("endCursor").Description("The cursor of the last item; null on an empty page.").Resolve(context => context.Source.EndCursor);
    }
}
