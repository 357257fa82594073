using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphQL.Types;
using Microsoft.Extensions.Primitives;

namespace Lucitra.Graph.Http.Rest;

/// <summary>
/// Reads the text of a query parameter or path segment as a value of its type. A list is the parameter repeated; an
/// input object, or a list of them, is JSON: <c>where={"email":{"eq":"ada@northwharf.example"}}</c>.
/// </summary>
internal static class RestText
{
    public static bool TryRead(IGraphType type, StringValues values, out object? value)
    {
        switch (type)
        {
            case NonNullGraphType nonNull:
                return TryRead(nonNull.ResolvedType!, values, out value);
            case ListGraphType list:
                if (IsInputObject(list.ResolvedType!) && values is [{ } text] && text.TrimStart().StartsWith('['))
                    return TryReadJson(text, out value);

                var items = new List<object?>();
                value = items;
                foreach (var one in values)
                {
                    if (!TryRead(list.ResolvedType!, one, out var item))
                        return false;
                    items.Add(item);
                }

                return true;
            default:
                value = null;
                if (values is not [{ } single])
                    return false;
                return IsInputObject(type) ? TryReadJson(single, out value) : TryReadScalar(type.Name, single, out value);
        }
    }

    private static bool IsInputObject(IGraphType type) =>
        type is NonNullGraphType nonNull ? IsInputObject(nonNull.ResolvedType!) : type is IInputObjectGraphType;

    private static bool TryReadJson(string text, out object? value)
    {
        // Read as the one member of an object, which is what the reader of variables takes.
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($$"""{"value":{{text}}}"""));
            reader.Read();
            var members = InputJson.ReadObject(ref reader);
            reader.Read();
            return members.TryGetValue("value", out value) && members.Count == 1 && value is IDictionary<string, object?> or IList<object?>;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            value = null;
            return false;
        }
    }

    // Enums, ids and the other scalars take text; the engine checks it against the schema.
    private static bool TryReadScalar(string type, string text, out object? value)
    {
        value = type switch
        {
            "Int" => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            "Long" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
            "Float" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            "Decimal" => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            "Boolean" => bool.TryParse(text, out var flag) ? flag : null,
            _ => text,
        };
        return value is not null;
    }
}
