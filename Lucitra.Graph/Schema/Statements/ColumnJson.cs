using System.Text.Json;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>Writes a value of a row that is not null.</summary>
internal delegate void ColumnWriter(Utf8JsonWriter writer, Row row, int place);

/// <summary>How the values of a column are written: as the scalars of the schema write them.</summary>
internal static class ColumnJson
{
    private static readonly Dictionary<Type, ColumnWriter> _writers = new()
    {
        [typeof(string)] = (writer, row, place) => row.WriteText(writer, place),
        [typeof(bool)] = (writer, row, place) => writer.WriteBooleanValue(row.Flag(place)),
        [typeof(int)] = (writer, row, place) => writer.WriteNumberValue(row.Int(place)),
        [typeof(long)] = (writer, row, place) => writer.WriteNumberValue(row.Long(place)),
        [typeof(decimal)] = (writer, row, place) => writer.WriteNumberValue(row.Decimal(place)),
        [typeof(DateTime)] = (writer, row, place) => UtcDateTimeType.Write(writer, row.Instant(place)),
    };

    /// <summary>The writer of a column; null where there is none for its type.</summary>
    public static ColumnWriter? Of(EntityColumn column)
    {
        if (column.Ids is not { } ids)
            return _writers.GetValueOrDefault(Scalars.Underlying(column.Member.PropertyType));
        return column.Member.PropertyType == typeof(Guid)
            ? (writer, row, place) => ids.Write(writer, row.Uuid(place))
            : (writer, row, place) => writer.WriteStringValue(ids.Encode(row.Text(place)));
    }
}
