using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>
/// A row of a query within the query, as PostgreSQL sends a record: for each value its type, its length and its bytes. Decimals are
/// text.
/// </summary>
internal sealed class NestedRow : Row
{
    private static readonly DateTime _epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private ReadOnlyMemory<byte>?[] _values = [];

    /// <summary>Goes to the row with these bytes.</summary>
    public void MoveTo(ReadOnlyMemory<byte> record)
    {
        var reader = new NestedReader(record);
        var count = reader.Int();
        if (_values.Length != count)
            _values = new ReadOnlyMemory<byte>?[count];
        for (var i = 0; i < count; i++)
        {
            reader.Int();
            _values[i] = reader.Bytes();
        }
    }

    public override bool IsNull(int place) => _values[place] is null;

    public override string Text(int place) => Encoding.UTF8.GetString(Bytes(place));

    public override bool Flag(int place) => Bytes(place)[0] != 0;

    public override int Int(int place) => BinaryPrimitives.ReadInt32BigEndian(Bytes(place));

    public override long Long(int place) => BinaryPrimitives.ReadInt64BigEndian(Bytes(place));

    public override decimal Decimal(int place) =>
        Utf8Parser.TryParse(Bytes(place), out decimal value, out var read) && read == Bytes(place).Length ? value : throw new FormatException("A number is no decimal.");

    public override DateTime Instant(int place) => _epoch.AddTicks(Long(place) * TimeSpan.TicksPerMicrosecond);

    public override Guid Uuid(int place) => new(Bytes(place), bigEndian: true);

    public override NestedRows Rows(int place) => new(_values[place]!.Value);

    public override void WriteText(Utf8JsonWriter writer, int place) => writer.WriteStringValue(Bytes(place));

    private ReadOnlySpan<byte> Bytes(int place) => _values[place]!.Value.Span;
}

/// <summary>The rows of a query within the query, as PostgreSQL sends an array of records.</summary>
internal readonly struct NestedRows
{
    private readonly ReadOnlyMemory<byte> _records;

    public NestedRows(ReadOnlyMemory<byte> array)
    {
        // The number of dimensions, whether there are nulls, and the type; then of the only dimension its length and first index.
        var reader = new NestedReader(array);
        var dimensions = reader.Int();
        reader.Int();
        reader.Int();
        if (dimensions == 0)
            return;
        Count = reader.Int();
        reader.Int();
        _records = reader.Rest;
    }

    public int Count { get; }

    public NestedReader Read() => new(_records);
}

/// <summary>Reads what PostgreSQL sends of composed values: numbers of four bytes, and bytes with their length before them.</summary>
internal struct NestedReader(ReadOnlyMemory<byte> bytes)
{
    public ReadOnlyMemory<byte> Rest { get; private set; } = bytes;

    public int Int()
    {
        var number = BinaryPrimitives.ReadInt32BigEndian(Rest.Span);
        Rest = Rest[sizeof(int)..];
        return number;
    }

    /// <summary>Reads a value; null where there is none.</summary>
    public ReadOnlyMemory<byte>? Bytes()
    {
        var length = Int();
        if (length < 0)
            return null;
        var value = Rest[..length];
        Rest = Rest[length..];
        return value;
    }
}
