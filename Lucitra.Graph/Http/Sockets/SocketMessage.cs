using System.Text.Json;

namespace Lucitra.Graph.Http.Sockets;

/// <summary>One message of a client. <see cref="Payload"/> is the JSON of its payload, empty when there is none.</summary>
internal readonly record struct SocketMessage(string? Type, string? Id, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Reads a message; false when it is not a JSON object with a type.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> json, out SocketMessage message)
    {
        message = default;
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!TryReadMember(ref reader, json, ref message))
                    return false;
            }

            reader.Read();
            return message.Type is not null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool TryReadMember(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, ref SocketMessage message)
    {
        var isType = reader.ValueTextEquals("type"u8);
        if (isType || reader.ValueTextEquals("id"u8))
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                return false;

            message = isType ? message with { Type = reader.GetString() } : message with { Id = reader.GetString() };
            return true;
        }

        var isPayload = reader.ValueTextEquals("payload"u8);
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        if (isPayload)
            message = message with { Payload = json[start..(int)reader.BytesConsumed] };
        return true;
    }
}
