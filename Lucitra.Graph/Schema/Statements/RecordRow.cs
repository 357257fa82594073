using System.Text.Json;
using Npgsql;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>The row that a reader stands on.</summary>
internal sealed class RecordRow(NpgsqlDataReader reader) : Row
{
    public override bool IsNull(int place) => reader.IsDBNull(place);

    public override string Text(int place) => reader.GetString(place);

    public override bool Flag(int place) => reader.GetBoolean(place);

    public override int Int(int place) => reader.GetInt32(place);

    public override long Long(int place) => reader.GetInt64(place);

    public override decimal Decimal(int place) => reader.GetDecimal(place);

    public override DateTime Instant(int place) => reader.GetDateTime(place);

    public override Guid Uuid(int place) => reader.GetGuid(place);

    public override NestedRows Rows(int place) => new(reader.GetFieldValue<byte[]>(place));

    public override void WriteText(Utf8JsonWriter writer, int place) => writer.WriteStringValue(reader.GetString(place));
}
