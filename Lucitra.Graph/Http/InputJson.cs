using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Lucitra.Graph.Http;

/// <summary>Reads JSON into the plain objects that the engine takes as variables.</summary>
internal static class InputJson
{
    /// <summary>Reads the object that the reader stands on.</summary>
    public static Dictionary<string, object?> ReadObject(ref Utf8JsonReader reader)
    {
        var members = new Dictionary<string, object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            members[name] = ReadValue(ref reader);
        }

        return members;
    }

    private static List<object?> ReadList(ref Utf8JsonReader reader)
    {
        var items = new List<object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(ReadValue(ref reader));
        return items;
    }

    private static object? ReadValue(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(ref reader),
        JsonTokenType.StartArray => ReadList(ref reader),
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number => ReadNumber(ref reader),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };

    // Money keeps its digits: decimal unless an exponent says that the magnitude matters more.
    private static object ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt32(out var small))
            return small;
        if (reader.TryGetInt64(out var large))
            return large;

        var text = Encoding.ASCII.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
        if (text.AsSpan().IndexOfAny("eE") < 0)
        {
            // Longer numbers would cost time quadratic in their length.
            if (!text.Contains('.', StringComparison.Ordinal) && text.Length <= 100)
                return BigInteger.Parse(text, CultureInfo.InvariantCulture);
            if (reader.TryGetDecimal(out var exact))
                return exact;
        }

        return reader.GetDouble();
    }
}
