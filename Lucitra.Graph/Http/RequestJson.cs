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
    public static ExecutionError? Read(ReadOnlySequence<byte> json, GraphQLRequest request)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            if (Read(ref reader, request) is { } error)
                return error;

            // Throws when anything follows the object.
            reader.Read();
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is not UTF-8.
            return Invalid("Invalid JSON document.");
        }
    }

    /// <summary>Reads the object that the reader stands on.</summary>
    public static ExecutionError? Read(ref Utf8JsonReader reader, GraphQLRequest request)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return new CodedError(ErrorCodes.MalformedRequest, "Invalid GraphQL Request.");

        CodedError? error = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            // Reads on after an error: broken JSON is reported before a wrong member.
            if (error is null)
                error = ReadMember(ref reader, request);
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

    private static CodedError? ReadMember(ref Utf8JsonReader reader, GraphQLRequest request)
    {
        var member = Member.Of(ref reader);
        if (member == RequestMember.Unknown)
        {
            var name = reader.GetString();
            reader.Skip();
            return Invalid($"Unknown property '{name}' in GraphQL request.");
        }

        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;

        var isObject = member is RequestMember.Variables or RequestMember.Extensions;
        if (reader.TokenType != (isObject ? JsonTokenType.StartObject : JsonTokenType.String))
        {
            var found = Describe(reader.TokenType);
            reader.Skip();
            return Invalid($"Invalid '{Member.NameOf(member)}' value. Expected {(isObject ? "object" : "string")} or null, but got {found}.");
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

    private enum RequestMember
    {
        Unknown,
        Query,
        OperationName,
        DocumentId,
        Variables,
        Extensions,
    }

    private static class Member
    {
        public static RequestMember Of(ref Utf8JsonReader reader) =>
            reader.ValueTextEquals("query"u8) ? RequestMember.Query
            : reader.ValueTextEquals("variables"u8) ? RequestMember.Variables
            : reader.ValueTextEquals("operationName"u8) ? RequestMember.OperationName
            : reader.ValueTextEquals("extensions"u8) ? RequestMember.Extensions
            : reader.ValueTextEquals("id"u8) || reader.ValueTextEquals("documentId"u8) ? RequestMember.DocumentId
            : RequestMember.Unknown;

        public static string NameOf(RequestMember member) => member switch
        {
            RequestMember.Query => "query",
            RequestMember.Variables => "variables",
            RequestMember.OperationName => "operationName",
            RequestMember.Extensions => "extensions",
            _ => "id",
        };
    }
}
