using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Schema.Filters;

namespace Lucitra.Graph.Schema.Paging;

/// <summary>A list field with paging, filtering and sorting.</summary>
internal static class ConnectionField
{
    /// <param name="name">The name of the field.</param>
    /// <param name="typeName">What the names of its connection and edge types start with.</param>
    /// <param name="description">What the list holds.</param>
    /// <param name="resolver">Gives a <see cref="Connection"/>.</param>
    public static FieldType Of<T>(string name, string typeName, string? description, IFieldResolver resolver)
        where T : class => new()
        {
            Name = name,
            Description = description,
            ResolvedType = new ConnectionType<T>(typeName, name),
            Arguments = new QueryArguments(
                new QueryArgument<IntGraphType> { Name = "first", Description = "Returns the first _n_ elements from the list." },
                new QueryArgument<StringGraphType> { Name = "after", Description = "Returns the elements in the list that come after the specified cursor." },
                new QueryArgument<IntGraphType> { Name = "last", Description = "Returns the last _n_ elements from the list." },
                new QueryArgument<StringGraphType> { Name = "before", Description = "Returns the elements in the list that come before the specified cursor." },
                new QueryArgument<FilterInputType<T>> { Name = "where", Description = "Which elements to keep." },
                new QueryArgument<ListGraphType<NonNullGraphType<SortInputType<T>>>> { Name = "order", Description = "By what to sort, the most important first. Ties and an empty list go by id." }),
            Resolver = resolver,
        };
}
