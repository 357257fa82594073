using Lucitra.Graph.Schema.Documents;
using Microsoft.Net.Http.Headers;

namespace Lucitra.Graph.Http;

/// <summary>How a GraphQL response is written.</summary>
internal enum ResponseFormat
{
    /// <summary><c>application/graphql-response+json</c>: the status says how the request went.</summary>
    GraphQLResponse,

    /// <summary><c>application/json</c>: 200 for every well-formed request.</summary>
    Json,

    /// <summary><c>application/jsonl</c>: a line for each result of a batch, as soon as it is there.</summary>
    JsonLines,

    /// <summary><c>text/event-stream</c>: results as server-sent events.</summary>
    EventStream,
}

/// <summary>
/// Chooses the response format from <c>Accept</c> by quality; ties go to the order the client wrote. A client that
/// does not care gets <c>application/json</c>, which GraphQL over HTTP asks for and older clients expect.
/// </summary>
internal static class MediaTypes
{
    private const string GraphQLResponse = "application/graphql-response+json";
    private const string Json = "application/json";
    private const string JsonLines = "application/jsonl";
    private const string EventStream = "text/event-stream";
    private const string MergePatch = "application/merge-patch+json";

    /// <summary>What a PATCH takes.</summary>
    public const string Patch = Json + ", " + MergePatch;

    public static string ContentType(ResponseFormat format) => format switch
    {
        ResponseFormat.Json => Json + "; charset=utf-8",
        ResponseFormat.JsonLines => JsonLines + "; charset=utf-8",
        ResponseFormat.EventStream => EventStream + "; charset=utf-8",
        _ => GraphQLResponse + "; charset=utf-8",
    };

    public static AcceptVerdict Negotiate(string? accept, out ResponseFormat format)
    {
        format = ResponseFormat.GraphQLResponse;
        switch (accept)
        {
            case GraphQLResponse:
                return AcceptVerdict.Accepted;
            case null or "" or "*/*" or Json:
                format = ResponseFormat.Json;
                return AcceptVerdict.Accepted;
        }

        if (!MediaTypeHeaderValue.TryParseStrictList([accept], out var ranges))
            return AcceptVerdict.Malformed;

        var best = 0d;
        foreach (var range in ranges)
        {
            var quality = range.Quality ?? 1;
            if (quality > best && FormatOf(range) is { } candidate)
                (best, format) = (quality, candidate);
        }

        return best > 0 ? AcceptVerdict.Accepted : AcceptVerdict.NoneSupported;
    }

    /// <summary>What is wrong with <c>Accept</c> for an answer that is JSON, or a problem in JSON; null: nothing.</summary>
    public static CodedError? CheckRest(string accept)
    {
        if (accept is "" or "*/*" or Json)
            return null;
        if (!MediaTypeHeaderValue.TryParseStrictList([accept], out var ranges))
            return InvalidAccept(accept);

        return ranges.Any(range => range.Quality is null or > 0 && range.MediaType.Value!.ToLowerInvariant() is "*/*" or "application/*" or Json)
            ? null
            : new(ErrorCodes.NotAcceptable, $"The answer is {Json}, which the `Accept` header excludes.");
    }

    public static CodedError InvalidAccept(string accept) =>
        new(ErrorCodes.InvalidAccept, $"Unable to parse the accept header value `{accept}`.");

    /// <summary>Whether the body is a JSON merge patch (RFC 7396) in UTF-8.</summary>
    public static bool IsMergePatch(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals(MergePatch, StringComparison.OrdinalIgnoreCase) && IsUtf8(type);

    /// <summary>Whether a browser asks for a page.</summary>
    public static bool AcceptsHtml(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the body is JSON in UTF-8.</summary>
    public static bool IsJson(string? contentType)
    {
        if (contentType is Json)
            return true;

        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
            && IsUtf8(type);
    }

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase);

    private static ResponseFormat? FormatOf(MediaTypeHeaderValue range)
    {
        var type = range.MediaType.Value!;
        if (Is(GraphQLResponse) || Is("application/*"))
            return ResponseFormat.GraphQLResponse;
        if (Is(Json) || Is("*/*"))
            return ResponseFormat.Json;
        if (Is(JsonLines))
            return ResponseFormat.JsonLines;
        return Is(EventStream) || Is("text/*") ? ResponseFormat.EventStream : null;

        bool Is(string name) => type.Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}

internal enum AcceptVerdict
{
    Accepted,
    NoneSupported,
    Malformed,
}
