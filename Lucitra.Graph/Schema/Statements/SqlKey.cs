
namespace Lucitra.Graph.Schema.Statements;

/// <summary>One key of a sort in SQL, where null counts as greater than every value, as in PostgreSQL.</summary>
/// <param name="Value">The value.</param>
/// <param name="Path">Its GraphQL path, which identifies it in cursors.</param>
/// <param name="Type">Its type.</param>
/// <param name="Nullable">Whether it may be null.</param>
/// <param name="Descending">Whether the greatest comes first.</param>
internal sealed record SqlKey(string Value, string Path, Type Type, bool Nullable, bool Descending)
{
    public static SqlKey Of(SqlPlace place, EntityColumn column, string path, SortDirection direction)
    {
        var (value, type) = (place.Column(column.Member), column.Member.PropertyType);
        var nullable = column.Nullable || place.MayBeMissing;

        // As a number, which a cursor compares.
        if (Scalars.Underlying(type) == typeof(bool))
            (value, type) = ($"({value})::int", typeof(int));
        if (nullable && type.IsValueType && System.Nullable.GetUnderlyingType(type) is null)
            type = typeof(Nullable<>).MakeGenericType(type);
        return new SqlKey(value, path, type, nullable, direction == SortDirection.Desc);
    }
}
