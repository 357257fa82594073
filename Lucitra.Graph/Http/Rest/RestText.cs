using System.Globalization;
using System.Text;
using System.Text.Json;
using GraphQL.Types;
using GraphQLParser.AST;
using Microsoft.Extensions.Primitives;

namespace Lucitra.Graph.Http.Rest;

/// <summary>
/// Reads the text of a query parameter or path segment as a variable of its type. A list is the parameter repeated; an
/// input object, or a list of them, is JSON: <c>where={"email":{"eq":"ada@northwharf.example"}}</c>.
/// </summary>
internal static class RestText
{
    public static bool TryRead(GraphQLType type, StringValues values, ISchema schema, out object? value)
    {
        switch (type)
        {
            case GraphQLNonNullType nonNull:
                return TryRead(nonNull.Type, values, schema, out value);
            case GraphQLListType list:
                if (IsInputObject(list.Type, schema) && values is [{ } text] && text.TrimStart().StartsWith('['))
                    return TryReadJson(text, out value);

                var items = new List<object?>();
                value = items;
                foreach (var one in values)
                {
                    if (!TryRead(list.Type, one, schema, out var item))
                        return false;
                    items.Add(item);
                }

                return true;
            default:
                value = null;
                if (values is not [{ } single])
                    return false;
                return IsInputObject(type, schema)
                    ? TryReadJson(single, out value)
                    : TryReadScalar(((GraphQLNamedType)type).Name.StringValue, single, out value);
        }
    }

    private static bool IsInputObject(GraphQLType type, ISchema schema) => type switch
    {
        GraphQLNonNullType nonNull => IsInputObject(nonNull.Type, schema),
        GraphQLNamedType named => schema.AllTypes[named.Name.StringValue] is IInputObjectGraphType,
        _ => false,
    };

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
