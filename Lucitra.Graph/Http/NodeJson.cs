using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using GraphQL.Execution;
using Lucitra.Graph.Schema.Statements;

namespace Lucitra.Graph.Http;

/// <summary>Writes the engine's result tree; the types that scalars produce are written without boxing or reflection.</summary>
internal static class NodeJson
{
    /// <summary>Writes the data of a result, which is a tree, or text already.</summary>
    public static void WriteData(Utf8JsonWriter writer, object? data)
    {
        if (data is ExecutionNode root)
            Write(writer, root);
        else
            WriteValue(writer, data);
    }

    public static void Write(Utf8JsonWriter writer, ExecutionNode? node)
    {
        switch (node)
        {
            case ObjectExecutionNode { SubFields: { } fields }:
                writer.WriteStartObject();
                foreach (var field in fields)
                {
                    writer.WritePropertyName(field.Name!);
                    Write(writer, field);
                }

                writer.WriteEndObject();
                break;
            case ArrayExecutionNode { Items: { } items }:
                writer.WriteStartArray();
                foreach (var item in items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case null or ObjectExecutionNode or NullExecutionNode:
                writer.WriteNullValue();
                break;
            default:
                WriteValue(writer, node.ToValue());
                break;
        }
    }

    public static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case Guid id:
                writer.WriteStringValue(id);
                break;
            case JsonText json:
                writer.WriteRawValue(json.Utf8, skipInputValidation: true);
                break;
            case JsonElement json:
                json.WriteTo(writer);
                break;
            case BigInteger number:
                writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
                break;
            case IDictionary<string, object?> members:
                WriteMembers(writer, members);
                break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items)
                    WriteValue(writer, item);
                writer.WriteEndArray();
                break;
            default:
                JsonSerializer.Serialize(writer, value, value.GetType());
                break;
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> members)
    {
        writer.WriteStartObject();
        foreach (var (name, member) in members)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, member);
        }

        writer.WriteEndObject();
    }
}
