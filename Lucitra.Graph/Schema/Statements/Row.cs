using System.Text.Json;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>The values of one row, by their place in the list of columns.</summary>
internal abstract class Row
{
    public abstract bool IsNull(int place);

    public abstract string Text(int place);

    public abstract bool Flag(int place);

    public abstract int Int(int place);

    public abstract long Long(int place);

    public abstract decimal Decimal(int place);

    public abstract DateTime Instant(int place);

    public abstract Guid Uuid(int place);

    /// <summary>The rows of a query within the query.</summary>
    public abstract NestedRows Rows(int place);

    /// <summary>Writes a text.</summary>
    public abstract void WriteText(Utf8JsonWriter writer, int place);
}
