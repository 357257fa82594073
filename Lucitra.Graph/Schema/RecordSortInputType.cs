using GraphQL.Types;

namespace Lucitra.Graph.Schema;

/// <summary>The sort input of a record of the code that is no entity.</summary>
internal sealed class RecordSortInputType<T> : InputObjectGraphType
{
    public RecordSortInputType()
    {
        Name = $"{typeof(T).Name}SortInput";
        Description = $"By what to sort rows of type {typeof(T).Name}. Null sorts as the greatest value, and text by code point.";
        foreach (var property in typeof(T).GetProperties())
        {
            AddField(new FieldType
            {
                Name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..],
                Type = typeof(SortEnumType),
                Description = Documentation.Of(property),
            });
        }
    }
}
