using System.Buffers;
using System.Text.Json;
using GraphQL;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Http.Rest;

/// <summary>Reads the JSON object that a REST request carries.</summary>
internal static class RestBody
{
    public static async Task<(Dictionary<string, object?> Members, ExecutionError? Error)> ReadAsync(HttpContext context, int maxBytes)
    {
        Dictionary<string, object?> members = [];
        var error = await RequestBody.ReadAsync(context, maxBytes, json => Parse(json, out members));
        return (members, error);
    }

    private static CodedError? Parse(ReadOnlySequence<byte> json, out Dictionary<string, object?> members)
    {
        members = [];
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return RequestJson.Invalid("The request body must be a JSON object.");

            members = InputJson.ReadObject(ref reader);

            // Throws when anything follows the object.
            reader.Read();
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return RequestJson.Invalid("Invalid JSON document.");
        }
    }
}
