using GraphQL;
using GraphQL.Types;

namespace Lucitra.Graph.Schema;

/// <summary>Finds the types of the running schema.</summary>
internal static class SchemaLookup
{
    public static EntityType<T> Entity<T>(this IResolveFieldContext context)
        where T : class => (EntityType<T>)context.Schema.AllTypes[typeof(T).Name]!;

    /// <summary>The type of an argument of the field, without lists and non-null around it.</summary>
    public static IGraphType ArgumentType(this IResolveFieldContext context, string name) =>
        context.FieldDefinition.Arguments!.Find(name)!.ResolvedType!.GetNamedType();
}
