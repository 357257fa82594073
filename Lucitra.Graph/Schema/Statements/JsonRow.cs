using System.Text.Json;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>A row that PostgreSQL wrote as a JSON array of its values.</summary>
internal sealed class JsonRow(JsonElement values) : Row
{
    public override bool IsNull(int place) => values[place].ValueKind == JsonValueKind.Null;

    public override string Text(int place) => values[place].GetString()!;

    public override bool Flag(int place) => values[place].GetBoolean();

    public override int Int(int place) => values[place].GetInt32();

    public override long Long(int place) => values[place].GetInt64();

    public override decimal Decimal(int place) => values[place].GetDecimal();

    public override DateTime Instant(int place) => values[place].GetDateTimeOffset().UtcDateTime;

    public override Guid Uuid(int place) => values[place].GetGuid();

    public override JsonElement Rows(int place) => values[place];
}
