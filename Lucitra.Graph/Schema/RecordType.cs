using System.Reflection;
using GraphQL.Resolvers;
using GraphQL.Types;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Schema;

/// <summary>
/// The object type of a record of the code that is no entity: a field for each of its properties, described by their XML
/// documentation. Records in it are objects, and lists are lists of such, neither ever null.
/// </summary>
internal sealed class RecordType<T> : ObjectGraphType<T>
{
    public RecordType()
    {
        Name = typeof(T).Name;
        Description = Documentation.Of(typeof(T));
        this.Access(AccessRule.AsParent);
        foreach (var property in typeof(T).GetProperties())
        {
            AddField(new FieldType
            {
                Name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..],
                Description = Documentation.Of(property),
                Type = TypeOf(property),
                Resolver = new FuncFieldResolver<T, object?>(context => property.GetValue(context.Source)),
            });
        }
    }

    private static Type TypeOf(PropertyInfo property)
    {
        var type = property.PropertyType;
        if (Scalars.IsScalar(type))
            return Scalars.OutputOf(property);
        if (!type.IsGenericType)
            return typeof(NonNullGraphType<>).MakeGenericType(typeof(RecordType<>).MakeGenericType(type));

        var item = type.GetGenericArguments()[0];
        var graphType = Scalars.IsScalar(item) ? Scalars.Of(item) : typeof(RecordType<>).MakeGenericType(item);
        var mayBeNull = new NullabilityInfoContext().Create(property).GenericTypeArguments[0].ReadState == NullabilityState.Nullable;
        var itemType = mayBeNull ? graphType : typeof(NonNullGraphType<>).MakeGenericType(graphType);
        return typeof(NonNullGraphType<>).MakeGenericType(typeof(ListGraphType<>).MakeGenericType(itemType));
    }
}
