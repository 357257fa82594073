using System.Text.Json;

namespace Lucitra.Graph.Http;

/// <summary>The members of a GraphQL request.</summary>
internal enum RequestMember
{
    Unknown,
    Query,
    OperationName,
    DocumentId,
    Variables,
    Extensions,
}

internal static class RequestMembers
{
    /// <summary>The member whose name the reader stands on.</summary>
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
