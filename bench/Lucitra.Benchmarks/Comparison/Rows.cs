using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lucitra.Benchmarks.Comparison;

/// <summary>
/// The rows of an answer without what servers name and write differently: names, global identifiers, zones of instants,
/// numbers as text. Rows are in no order.
/// </summary>
internal static class Rows
{
    private const int KeyLength = 16;

    public static IReadOnlyList<string> Of(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        var rows = RowsIn(json.RootElement) is { } list ? list.EnumerateArray().Select(Row) : [Row(json.RootElement)];
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private static JsonElement? RowsIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value,
        JsonValueKind.Object => value.EnumerateObject().Select(member => RowsIn(member.Value)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static string Row(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                    Append(text, member.Value);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                    Append(text, item);
                break;
            default:
                text.Append('|').Append(Scalar(value.ToString()));
                break;
        }
    }

    private static string Scalar(string text)
    {
        if (IdIn(text) is { } id)
            return id.ToString();
        if (text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
            return instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.############", CultureInfo.InvariantCulture)
            : text;
    }

    private static Guid? IdIn(string text)
    {
        if (!Base64Url.IsValid(text) || Base64Url.DecodeFromChars(text) is not { Length: > KeyLength } bytes)
            return null;
        return bytes[^(KeyLength + 1)] == ':' ? new Guid(bytes.AsSpan()[^KeyLength..]) : null;
    }
}
