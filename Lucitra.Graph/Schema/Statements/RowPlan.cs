using System.Text.Json;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>What is written of a row of a page.</summary>
internal abstract class RowPlan
{
    public abstract void Select(SelectList columns, SqlPlace place, ReadRun run);

    public abstract void Write(Utf8JsonWriter writer, Row row, Page page, ReadRun run);
}

/// <summary>A node.</summary>
internal sealed class NodePlan(ObjectPlan node) : RowPlan
{
    public override void Select(SelectList columns, SqlPlace place, ReadRun run) => node.Select(columns, place, run);

    public override void Write(Utf8JsonWriter writer, Row row, Page page, ReadRun run) => node.Write(writer, row, run);
}

/// <summary>An edge: nodes by name, cursors by name, and type names.</summary>
internal sealed class EdgePlan(EdgePart[] parts) : RowPlan
{
    public override void Select(SelectList columns, SqlPlace place, ReadRun run)
    {
        foreach (var part in parts)
            part.Node?.Select(columns, place, run);
    }

    public override void Write(Utf8JsonWriter writer, Row row, Page page, ReadRun run)
    {
        writer.WriteStartObject();
        foreach (var part in parts)
        {
            writer.WritePropertyName(part.Name);
            if (part.Node is { } node)
                node.Write(writer, row, run);
            else
                writer.WriteStringValue(part.TypeName ?? page.CursorOf(row));
        }

        writer.WriteEndObject();
    }
}

/// <summary>A field of an edge: its node, the name of its type, or else its cursor.</summary>
internal sealed record EdgePart(JsonEncodedText Name, ObjectPlan? Node = null, string? TypeName = null);
