using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Lucitra.Webhooks;

/// <summary>What a signature covers, and the headers that carry it. <paramref name="Url"/> is as HubSpot called it.</summary>
internal sealed record SignedRequest(
    string Method,
    string Url,
    ReadOnlyMemory<byte> Body,
    string? SignatureV3,
    string? Timestamp,
    string? Signature,
    string? SignatureVersion)
{
    public const string SignatureV3Header = "X-HubSpot-Signature-v3";
    public const string TimestampHeader = "X-HubSpot-Request-Timestamp";
    public const string SignatureHeader = "X-HubSpot-Signature";
    public const string SignatureVersionHeader = "X-HubSpot-Signature-Version";

    public static SignedRequest From(string method, string url, ReadOnlyMemory<byte> body, IHeaderDictionary headers) => new(
        method,
        url,
        body,
        Text(headers[SignatureV3Header]),
        Text(headers[TimestampHeader]),
        Text(headers[SignatureHeader]),
        Text(headers[SignatureVersionHeader]));

    // A header sent empty is there; one that was not sent is null.
    private static string? Text(StringValues values) => values.Count == 0 ? null : values.ToString();
}
