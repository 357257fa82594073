using System.Text.Json;

namespace Lucitra.Graph.Schema.Statements;

/// <summary>What is selected of an object.</summary>
internal sealed class ObjectPlan(FieldPlan[] fields)
{
    public void Select(SelectList columns, SqlPlace place, ReadRun run)
    {
        foreach (var field in fields)
            field.Select(columns, place, run);
    }

    public void Write(Utf8JsonWriter writer, Row row, ReadRun run)
    {
        writer.WriteStartObject();
        foreach (var field in fields)
        {
            writer.WritePropertyName(field.Name);
            field.Write(writer, row, run);
        }

        writer.WriteEndObject();
    }
}
