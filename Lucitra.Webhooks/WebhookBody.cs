using System.Text.Json;

namespace Lucitra.Webhooks;

/// <summary>The body of a delivery: a JSON array with one element for each event.</summary>
internal static class WebhookBody
{
    public const int MaxDepth = 64;

    // One level more than allowed, so that going too deep is told from not being JSON.
    private static readonly JsonReaderOptions _reading = new() { MaxDepth = MaxDepth + 1 };

    /// <summary>Counts the events, reading the bytes once and keeping nothing. Stops at the first that is too much.</summary>
    public static (WebhookBodyVerdict Verdict, int Events) Scan(ReadOnlySpan<byte> body, int maxEvents)
    {
        var json = body[BomLength(body)..];
        if (json.Trim(" \t\r\n"u8).IsEmpty)
            return (WebhookBodyVerdict.Empty, 0);

        var events = 0;
        try
        {
            var reader = new Utf8JsonReader(json, _reading);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
                return (WebhookBodyVerdict.NotAnArray, 0);
            while (reader.Read())
            {
                if (reader.CurrentDepth >= MaxDepth && reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                    return (WebhookBodyVerdict.TooDeep, events);
                var beginsEvent = reader.CurrentDepth == 1 && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject);
                if (beginsEvent && ++events > maxEvents)
                    return (WebhookBodyVerdict.TooManyEvents, events);
            }

            return (WebhookBodyVerdict.Readable, events);
        }
        catch (JsonException)
        {
            return (WebhookBodyVerdict.NotJson, events);
        }
    }

    /// <summary>
    /// The elements, as slices of the body. A body that is no JSON array, which the receiver lets nobody queue, is one
    /// element: it ends as a malformed event instead of standing in the way of others.
    /// </summary>
    public static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> body)
    {
        var json = body[BomLength(body.Span)..];
        var elements = new List<ReadOnlyMemory<byte>>();
        try
        {
            var reader = new Utf8JsonReader(json.Span, _reading);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
                return [json];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                elements.Add(json[start..(int)reader.BytesConsumed]);
            }

            reader.Read();
            return elements;
        }
        catch (JsonException)
        {
            return [json];
        }
    }

    private static int BomLength(ReadOnlySpan<byte> body) => body.StartsWith("\uFEFF"u8) ? 3 : 0;
}
