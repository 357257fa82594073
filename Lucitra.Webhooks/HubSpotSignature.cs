using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Lucitra.Webhooks;

/// <summary>
/// HubSpot's request signatures: v3 is an HMAC over method, URL, body and time; v1 and v2 are plain hashes that begin with
/// the secret. https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests
/// </summary>
internal static partial class HubSpotSignature
{
    private const int HexLength = SHA256.HashSizeInBytes * 2;
    private const int Base64Length = 44;

    public static SignatureVerdict Verify(SignedRequest request, HubSpotOptions options, DateTimeOffset now) => request switch
    {
        // A wrong v3 signature stays wrong, whatever the older headers beside it say.
        { SignatureV3: not null } => VerifyV3(request, options, now),
        { Signature: null } or { SignatureVersion: null } => SignatureVerdict.MissingHeader,
        { SignatureVersion: "v1" } when options.AcceptV1 => VerifyHash(request, options, ""),
        { SignatureVersion: "v2" } when options.AcceptV2 => VerifyHash(request, options, request.Method + request.Url),
        _ => SignatureVerdict.VersionNotAccepted,
    };

    /// <summary>The value of the v3 header for a request signed at <paramref name="timestamp"/>, in Unix milliseconds.</summary>
    public static string SignV3(string secret, string method, string url, ReadOnlySpan<byte> body, string timestamp) =>
        Convert.ToBase64String(HashV3(secret, method, url, body, timestamp));

    private static SignatureVerdict VerifyV3(SignedRequest request, HubSpotOptions options, DateTimeOffset now)
    {
        if (request.Timestamp is not { } timestamp)
            return SignatureVerdict.MissingHeader;
        if (timestamp.Length is < 1 or > 15 || timestamp.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return SignatureVerdict.TimestampFormat;
        var age = now.ToUnixTimeMilliseconds() - long.Parse(timestamp, CultureInfo.InvariantCulture);
        if (Math.Abs(age) > (long)options.MaxRequestAge.TotalMilliseconds)
            return SignatureVerdict.Stale;

        var signature = new byte[SHA256.HashSizeInBytes];
        if (request.SignatureV3 is not { Length: Base64Length } text
            || !Convert.TryFromBase64String(text, signature, out var written)
            || written != signature.Length)
        {
            return SignatureVerdict.SignatureFormat;
        }

        var matches = false;
        foreach (var secret in options.ClientSecrets())
        {
            var expected = HashV3(secret, request.Method, request.Url, request.Body.Span, timestamp);
            matches |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }

        return matches ? SignatureVerdict.Valid : SignatureVerdict.Mismatch;
    }

    private static SignatureVerdict VerifyHash(SignedRequest request, HubSpotOptions options, string prefix)
    {
        if (request.Signature is not { Length: HexLength } signature)
            return SignatureVerdict.SignatureFormat;

        var matches = false;
        foreach (var secret in options.ClientSecrets())
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Encoding.UTF8.GetBytes(secret + prefix));
            hash.AppendData(request.Body.Span);
            var expected = Convert.ToHexStringLower(hash.GetHashAndReset());
            matches |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
        }

        return matches ? SignatureVerdict.Valid : SignatureVerdict.Mismatch;
    }

    private static byte[] HashV3(string secret, string method, string url, ReadOnlySpan<byte> body, string timestamp)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(method + Decode(url)));
        hash.AppendData(body);
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp));
        return hash.GetHashAndReset();
    }

    // The twelve escapes that HubSpot decodes before it signs, once and from left to right; all others stay.
    private static string Decode(string url) =>
        DecodedEscapes.Replace(url, match => ((char)Convert.ToByte(match.Value[1..], 16)).ToString());

    [GeneratedRegex("%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DecodedEscapes { get; }
}
