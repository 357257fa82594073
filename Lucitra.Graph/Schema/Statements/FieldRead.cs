using GraphQL.Types;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>What a field reads from the database, where one statement can read it with everything around it.</summary>
internal abstract record FieldRead;

/// <summary>A column of the object.</summary>
internal sealed record ColumnRead(EntityColumn Column) : FieldRead;

/// <summary>The object at the other end of a link.</summary>
internal sealed record ReferenceRead(EntityLink Link) : FieldRead;

/// <summary>A page of the objects at the other end of a link; without a link, of all objects.</summary>
internal sealed record PageRead(Type Entity, EntityLink? Link) : FieldRead;

/// <summary>The object with the key that the argument <c>id</c> names.</summary>
internal sealed record KeyRead(Type Entity) : FieldRead;

/// <summary>Says where a field is made what it reads.</summary>
internal static class FieldReads
{
    private const string Key = "read";

    public static FieldType Reads(this FieldType field, FieldRead read)
    {
        field.Metadata[Key] = read;
        return field;
    }

    /// <summary>What a field reads; null where only its resolver can tell.</summary>
    public static FieldRead? Read(this FieldType field) => field.GetMetadata<FieldRead>(Key);
}
