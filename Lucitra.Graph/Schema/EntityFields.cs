using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Schema.Paging;
using Lucitra.Graph.Schema.Statements;

namespace Lucitra.Graph.Schema;

/// <summary>Root fields that every entity can have.</summary>
internal static class EntityFields
{
    /// <summary>
    /// A connection to all objects of the type. <paramref name="searched"/> says what a search looks at, and
    /// <paramref name="searching"/> what it needs; null: there is no search.
    /// </summary>
    public static void Connection<T>(
        this ObjectGraphType query, EntityReader reader, string name, string description, string? searched = null, Scopes searching = Scopes.None)
        where T : class
    {
        var field = ConnectionField.Of<T>(
            name, char.ToUpperInvariant(name[0]) + name[1..], description, new FuncFieldResolver<object?>(async context => await reader.Page<T>(context)));
        if (searched is not null)
            field.Arguments!.Add(SearchArgument.Of(searched, searching));
        query.AddField(field.Reads(new PageRead(typeof(T), Link: null)));
    }

    /// <summary>One object by its global identifier.</summary>
    public static void ById<T>(this ObjectGraphType query, string name, string description)
        where T : class =>
        query.AddField(new FieldType
        {
            Name = name,
            Description = description,
            Type = typeof(EntityType<T>),
            Arguments = new QueryArguments(new QueryArgument<NonNullGraphType<IdGraphType>> { Name = "id", Description = "The global identifier." }),
            Resolver = new FuncFieldResolver<IDataLoaderResult>(context =>
            {
                var type = context.Entity<T>();
                return type.Load(context, type.Key.Ids!.Parse(context.GetArgument<string>("id")));
            }),
        }.Reads(new KeyRead(typeof(T))));
}
