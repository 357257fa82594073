using System.Text.Json;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>A field of a connection in the answer.</summary>
internal abstract class ConnectionMember(string name)
{
    /// <summary>Its name in the answer.</summary>
    public JsonEncodedText Name { get; } = JsonEncodedText.Encode(name);

    public abstract void Write(Utf8JsonWriter writer, PageRows rows, ReadRun run);
}

/// <summary>The name of a type.</summary>
internal sealed class TypeNameMember(string name, string type) : ConnectionMember(name)
{
    public override void Write(Utf8JsonWriter writer, PageRows rows, ReadRun run) => writer.WriteStringValue(type);
}

/// <summary><c>totalCount</c>.</summary>
internal sealed class TotalMember(string name) : ConnectionMember(name)
{
    public override void Write(Utf8JsonWriter writer, PageRows rows, ReadRun run) => writer.WriteNumberValue(rows.Total!.Value);
}

/// <summary>A part of <c>pageInfo</c>.</summary>
internal sealed class PagePartMember(string name, Action<Utf8JsonWriter, PageRows> write) : ConnectionMember(name)
{
    private static readonly Dictionary<string, Action<Utf8JsonWriter, PageRows>> _parts = new()
    {
        ["hasNextPage"] = (writer, rows) => writer.WriteBooleanValue(rows.HasNextPage),
        ["hasPreviousPage"] = (writer, rows) => writer.WriteBooleanValue(rows.HasPreviousPage),
        ["startCursor"] = (writer, rows) => writer.WriteStringValue(rows.StartCursor),
        ["endCursor"] = (writer, rows) => writer.WriteStringValue(rows.EndCursor),
    };

    public static PagePartMember? Of(string name, string field) => _parts.TryGetValue(field, out var write) ? new(name, write) : null;

    public override void Write(Utf8JsonWriter writer, PageRows rows, ReadRun run) => write(writer, rows);
}

/// <summary><c>pageInfo</c>.</summary>
internal sealed class PageInfoMember(string name, ConnectionMember[] parts) : ConnectionMember(name)
{
    public override void Write(Utf8JsonWriter writer, PageRows rows, ReadRun run)
    {
        writer.WriteStartObject();
        foreach (var part in parts)
        {
            writer.WritePropertyName(part.Name);
            part.Write(writer, rows, run);
        }

        writer.WriteEndObject();
    }
}

/// <summary><c>nodes</c> or <c>edges</c>: something written for every row.</summary>
/// <param name="name">Its name in the answer.</param>
/// <param name="item">What is written of a row.</param>
/// <param name="number">Which of such fields of its connection it is.</param>
internal sealed class RowsMember(string name, RowPlan item, int number) : ConnectionMember(name)
{
    public RowPlan Item { get; } = item;

    public int Number { get; } = number;

    public override void Write(Utf8JsonWriter writer, PageRows rows, ReadRun run) => rows.WriteList(writer, this, run);
}
