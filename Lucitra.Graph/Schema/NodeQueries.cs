using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Documents;
using Lucitra.Graph.Schema.Paging;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Schema;

/// <summary>Finds objects of any type by their global identifiers.</summary>
internal sealed class NodeQueries(IOptions<PagingOptions> options) : ISchemaModule
{
    public void Extend(ObjectGraphType query, ObjectGraphType mutation, ObjectGraphType subscription)
    {
        query.AddField(new FieldType
        {
            Name = "node",
            Description = "Fetches an object given its ID.",
            Type = typeof(NodeType),
            Arguments = new QueryArguments(new QueryArgument<NonNullGraphType<IdGraphType>> { Name = "id", Description = "ID of the object." }),
            Resolver = new FuncFieldResolver<IDataLoaderResult>(context => Find(context, context.GetArgument<string>("id"))),
        }.Access(AccessRule.SignedIn));
        query.AddField(new FieldType
        {
            Name = "nodes",
            Description = "Lookup nodes by a list of IDs.",
            Type = typeof(NonNullGraphType<ListGraphType<NodeType>>),
            Arguments = new QueryArguments(
                new QueryArgument<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>> { Name = "ids", Description = "The list of node IDs." }),
            Resolver = new FuncFieldResolver<object>(context => FindAll(context, context.GetArgument<string[]>("ids"))),
        }.Access(AccessRule.SignedIn));
    }

    private static IDataLoaderResult Find(IResolveFieldContext context, string id)
    {
        var typeName = NodeIds.TypeNameOf(id);
        return context.Schema.AllTypes[typeName] is EntityType type
            ? type.Load(context, type.Key.Ids!.Parse(id))
            : throw new CodedError(ErrorCodes.InvalidNodeId, $"There is no node resolver registered for type `{typeName}`.");
    }

    private List<IDataLoaderResult> FindAll(IResolveFieldContext context, string[] ids)
    {
        var maximum = options.Value.MaxNodes;
        if (ids.Length > maximum)
        {
            throw new CodedError(
                ErrorCodes.TooManyNodes,
                $"The maximum number of nodes that can be fetched at once is {maximum}. This selection tried to fetch {ids.Length} nodes that exceeded the maximum allowed amount.");
        }

        return [.. ids.Select(id => Find(context, id))];
    }
}
