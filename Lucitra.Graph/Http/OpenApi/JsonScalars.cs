using System.Text.Json.Nodes;

namespace Lucitra.Graph.Http.OpenApi;

/// <summary>The JSON schemas of the schema's scalars.</summary>
internal static class JsonScalars
{
    public static JsonObject Of(string scalar) => scalar switch
    {
        "Int" => Node("integer", "int32", 1),
        "Long" => Node("integer", "int64", 42),
        "Float" => Node("number", "double", 0.5),
        "Decimal" => Node("number", null, 12500.5m),
        "Boolean" => Node("boolean", null, null),
        "DateTime" => Node("string", "date-time", "2026-03-01T09:30:00Z"),
        "LocalDate" or "Date" => Node("string", "date", "2026-03-01"),
        "UUID" => Node("string", "uuid", null),
        "ID" or "String" => Node("string", null, null),
        _ => [],
    };

    private static JsonObject Node(string type, string? format, JsonNode? example)
    {
        var node = new JsonObject { ["type"] = type };
        if (format is not null)
            node["format"] = format;
        if (example is not null)
            node["examples"] = new JsonArray(example);
        return node;
    }
}
