using System.Text;
using System.Text.Json;
using GraphQL;
using GraphQL.Transport;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Http;

/// <summary>Reads a GraphQL request from the query string of a GET.</summary>
internal static class RequestQuery
{
    public static ExecutionError? Read(IQueryCollection query, GraphQLRequest request)
    {
        request.Query = query["query"];
        request.OperationName = query["operationName"];
        request.DocumentId = query["id"].FirstOrDefault() ?? query["documentId"];

        return ReadObject(query, "variables", out var variables)
            ?? ReadObject(query, "extensions", out var extensions)
            ?? Complete(request, variables, extensions);
    }

    private static ExecutionError? Complete(
        GraphQLRequest request, Dictionary<string, object?>? variables, Dictionary<string, object?>? extensions)
    {
        request.Variables = variables is null ? null : new(variables);
        request.Extensions = extensions is null ? null : new(extensions);
        return RequestJson.Complete(request);
    }

    private static CodedError? ReadObject(IQueryCollection query, string name, out Dictionary<string, object?>? value)
    {
        value = null;
        string? text = query[name];
        if (string.IsNullOrEmpty(text))
            return null;

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
                value = InputJson.ReadObject(ref reader);
            else if (reader.TokenType != JsonTokenType.Null)
                return RequestJson.Invalid($"Invalid '{name}' value. Expected object or null, but got {RequestJson.Describe(reader.TokenType)}.");

            reader.Read();
            return null;
        }
        catch (JsonException)
        {
            return RequestJson.Invalid("Invalid JSON document.");
        }
    }
}
