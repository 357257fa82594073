using System.Buffers;
using System.Text.Json;
using GraphQL;
using GraphQL.Transport;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Http;

/// <summary>Reads a GraphQL request from JSON, with HotChocolate's messages for what is wrong with it.</summary>
internal static class RequestJson
{
    /// <summary>Reads a whole body; returns the error to answer with, or null.</summary>
    public static ExecutionError? Read(ReadOnlySequence<byte> json, GraphQLRequest request) =>
        Read(json, (ref reader) => Read(ref reader, request));

    /// <summary>Reads a whole body that may hold several requests.</summary>
    public static ExecutionError? Read(ReadOnlySequence<byte> json, RequestBatch batch) =>
        Read(json, (ref reader) => reader.TokenType == JsonTokenType.StartArray
            ? ReadArray(ref reader, batch)
            : ReadEntry(ref reader, batch, index: null));

    private static ExecutionError? Read(ReadOnlySequence<byte> json, BodyReader read)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            if (read(ref reader) is { } error)
                return error;

            // Throws when anything follows.
            reader.Read();
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is not UTF-8.
            return Invalid("Invalid JSON document.");
        }
    }

    private static ExecutionError? ReadArray(ref Utf8JsonReader reader, RequestBatch batch)
    {
        for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (ReadEntry(ref reader, batch, index) is { } error)
                return error;
        }

        return batch.Entries.Count > 0 ? null : new CodedError(ErrorCodes.MalformedRequest, "The GraphQL batch request has no elements.");
    }

    private static ExecutionError? ReadEntry(ref Utf8JsonReader reader, RequestBatch batch, int? index)
    {
        var request = new GraphQLRequest();
        var variableSets = new List<Inputs>();
        var invalid = Read(ref reader, request, variableSets);
        return batch.Add(request, index, variableSets, invalid);
    }

    private static ExecutionError? Read(ref Utf8JsonReader reader, GraphQLRequest request, List<Inputs>? variableSets = null)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return new CodedError(ErrorCodes.MalformedRequest, "Invalid GraphQL Request.");
        }

        CodedError? error = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            // Reads on after an error: broken JSON is reported before a wrong member.
            if (error is null)
                error = ReadMember(ref reader, request, variableSets);
            else
                reader.Skip();
        }

        return error ?? Complete(request);
    }

    /// <summary>Whether the request says what to run: a document, or the id or hash of one.</summary>
    public static ExecutionError? Complete(GraphQLRequest request) =>
        string.IsNullOrEmpty(request.Query) && string.IsNullOrEmpty(request.DocumentId) && !PersistedQuery.IsIn(request)
            ? Invalid("Request must contain either a query or a document id.")
            : null;

    public static CodedError Invalid(string message) => new(ErrorCodes.InvalidRequest, message);

    public static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "Object",
        JsonTokenType.StartArray => "Array",
        _ => token.ToString(),
    };

    private static CodedError? ReadMember(ref Utf8JsonReader reader, GraphQLRequest request, List<Inputs>? variableSets)
    {
        var member = RequestMembers.Of(ref reader);
        if (member == RequestMember.Unknown)
        {
            var name = reader.GetString();
            reader.Skip();
            return Invalid($"Unknown property '{name}' in GraphQL request.");
        }

        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        if (member == RequestMember.Variables && reader.TokenType == JsonTokenType.StartArray && variableSets is not null)
            return ReadVariableSets(ref reader, variableSets);

        var isObject = member is RequestMember.Variables or RequestMember.Extensions;
        if (reader.TokenType != (isObject ? JsonTokenType.StartObject : JsonTokenType.String))
        {
            var found = Describe(reader.TokenType);
            reader.Skip();
            return Invalid($"Invalid '{RequestMembers.NameOf(member)}' value. Expected {(isObject ? "object" : "string")} or null, but got {found}.");
        }

        switch (member)
        {
            case RequestMember.Query:
                request.Query = reader.GetString();
                break;
            case RequestMember.OperationName:
                request.OperationName = reader.GetString();
                break;
            case RequestMember.DocumentId:
                request.DocumentId = reader.GetString();
                break;
            case RequestMember.Variables:
                request.Variables = new(InputJson.ReadObject(ref reader));
                break;
            case RequestMember.Extensions:
                request.Extensions = new(InputJson.ReadObject(ref reader));
                break;
        }

        return null;
    }

    private static CodedError? ReadVariableSets(ref Utf8JsonReader reader, List<Inputs> variableSets)
    {
        CodedError? error = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                variableSets.Add(new(InputJson.ReadObject(ref reader)));
                continue;
            }

            error ??= Invalid($"Invalid 'variables' value. Expected objects in the array, but got {Describe(reader.TokenType)}.");
            reader.Skip();
        }

        return error ?? (variableSets.Count > 0 ? null : Invalid("Invalid 'variables' value. Expected object or null, but got Array."));
    }

    private delegate ExecutionError? BodyReader(ref Utf8JsonReader reader);
}
