using System.Globalization;
using System.Text;
using Lucitra.Webhooks;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>Requests as HubSpot sends them, made and signed before they are sent: what sends them shall cost little.</summary>
internal static class SignedRequests
{
    public const string Secret = "9f1c7a52-0b6e-4d0e-8c11-2f8f2b7d6a90";
    public const string PublicBaseUrl = "https://hooks.example";

    private const string Path = "/webhook";

    public static List<byte[]> Make(ImportEvents events, int requests, int eventsPerRequest, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return [.. Enumerable.Range(0, requests).Select(_ => Make(events.Next(eventsPerRequest), timestamp))];
    }

    private static byte[] Make(byte[] body, string timestamp)
    {
        var signature = HubSpotSignature.SignV3(Secret, "POST", PublicBaseUrl + Path, body, timestamp);
        var head = $"""
            POST {Path} HTTP/1.1
            Host: hooks.example
            Content-Type: application/json
            X-HubSpot-Signature-v3: {signature}
            X-HubSpot-Request-Timestamp: {timestamp}
            Content-Length: {body.Length}


            """.ReplaceLineEndings("\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
