using System.Text.Json;
using Lucitra.Webhooks;
using Microsoft.AspNetCore.Http;

namespace Lucitra.Tests.Webhooks;

public sealed class HubSpotSignatureTests
{
    private const string CurrentSecret = "9f1c7a52-0b6e-4d0e-8c11-2f8f2b7d6a90";

    private static readonly Dictionary<string, JsonElement> _vectors = ReadVectors();

    public static TheoryData<string> VectorIds => [.. _vectors.Keys];

    [Theory]
    [MemberData(nameof(VectorIds))]
    public void Every_published_and_generated_vector_gets_its_verdict(string id)
    {
        var vector = _vectors[id];
        var options = Options(vector.GetProperty("clientSecret").GetString()!);

        var verdict = HubSpotSignature.Verify(Request(vector), options, Now(vector));

        var expected = vector.GetProperty("reason").GetString() switch
        {
            null => SignatureVerdict.Valid,
            "missing-header" => SignatureVerdict.MissingHeader,
            "timestamp-format" => SignatureVerdict.TimestampFormat,
            "stale" => SignatureVerdict.Stale,
            "signature-format" => SignatureVerdict.SignatureFormat,
            // The vectors let these two be one reason, and this one has 43 characters.
            "signature" when id == "v3-signature-base64url" => SignatureVerdict.SignatureFormat,
            "signature" => SignatureVerdict.Mismatch,
            var reason => throw new InvalidOperationException(reason),
        };
        Assert.Equal(expected, verdict);
        Assert.Equal(vector.GetProperty("expect").GetString() == "accept", verdict == SignatureVerdict.Valid);
    }

    [Theory]
    [InlineData("new-secret", SignatureVerdict.Mismatch)]
    [InlineData("new-secret, previous-1111-2222", SignatureVerdict.Valid)]
    [InlineData("previous-1111-2222,new-secret", SignatureVerdict.Valid)]
    public void During_rotation_either_secret_is_accepted(string configured, SignatureVerdict expected)
    {
        var vector = _vectors["v3-rotated-secret-old"];

        Assert.Equal(expected, HubSpotSignature.Verify(Request(vector), Options(configured), Now(vector)));
    }

    [Theory]
    [InlineData("pub-v1")]
    [InlineData("pub-v2-post")]
    public void Older_versions_are_not_accepted_by_default(string id)
    {
        var options = new HubSpotOptions { ClientSecret = _vectors[id].GetProperty("clientSecret").GetString()! };

        Assert.Equal(SignatureVerdict.VersionNotAccepted, HubSpotSignature.Verify(Request(_vectors[id]), options, Now(_vectors[id])));
    }

    [Fact]
    public void A_wrong_v3_signature_is_not_saved_by_a_right_v1_signature()
    {
        var vector = _vectors["pub-v1"];
        var now = Now(vector);
        var request = Request(vector) with
        {
            SignatureV3 = Convert.ToBase64String(new byte[32]),
            Timestamp = $"{now.ToUnixTimeMilliseconds()}",
        };

        var verdict = HubSpotSignature.Verify(request, Options(vector.GetProperty("clientSecret").GetString()!), now);

        Assert.Equal(SignatureVerdict.Mismatch, verdict);
    }

    [Fact]
    public void An_unsigned_request_is_told_from_a_wrongly_signed_one()
    {
        var request = new SignedRequest("POST", "https://hooks.example/webhook", "[]"u8.ToArray(), null, null, null, null);

        Assert.Equal(SignatureVerdict.MissingHeader, HubSpotSignature.Verify(request, Options("secret"), DateTimeOffset.UnixEpoch));
    }

    [Theory]
    [InlineData(-300_000, SignatureVerdict.Valid)]
    [InlineData(-300_001, SignatureVerdict.Stale)]
    [InlineData(300_000, SignatureVerdict.Valid)]
    [InlineData(300_001, SignatureVerdict.Stale)]
    public void A_signature_lives_five_minutes_in_both_directions(long offsetMs, SignatureVerdict expected)
    {
        var vector = _vectors["v3-empty-array"];
        var signedAt = long.Parse(vector.GetProperty("headers").GetProperty(SignedRequest.TimestampHeader).GetString()!);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(signedAt + offsetMs);

        Assert.Equal(expected, HubSpotSignature.Verify(Request(vector), Options(CurrentSecret), now));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1791189005123")]
    [InlineData("1791189005123,1791189005123")]
    [InlineData("+1791189005123")]
    [InlineData("1.791e12")]
    [InlineData("١٧٩١١٨٩٠٠٥١٢٣")]
    [InlineData("1000000000000000")]
    public void A_time_is_made_of_at_most_15_digits(string timestamp)
    {
        var vector = _vectors["v3-empty-array"];
        var request = Request(vector) with { Timestamp = timestamp };

        Assert.Equal(SignatureVerdict.TimestampFormat, HubSpotSignature.Verify(request, Options(CurrentSecret), Now(vector)));
    }

    [Fact]
    public void Signing_gives_what_hubspot_gives()
    {
        var vector = _vectors["v3-query-lowercase-hex"];
        var headers = vector.GetProperty("headers");

        var signature = HubSpotSignature.SignV3(
            CurrentSecret,
            "POST",
            vector.GetProperty("uriOnTheWire").GetString()!,
            vector.GetProperty("bodyBase64").GetBytesFromBase64(),
            headers.GetProperty(SignedRequest.TimestampHeader).GetString()!);

        Assert.Equal(headers.GetProperty(SignedRequest.SignatureV3Header).GetString(), signature);
    }

    private static HubSpotOptions Options(string secrets) => new() { ClientSecret = secrets, AcceptV1 = true, AcceptV2 = true };

    private static DateTimeOffset Now(JsonElement vector) =>
        DateTimeOffset.FromUnixTimeMilliseconds(vector.GetProperty("nowMs").GetInt64());

    private static SignedRequest Request(JsonElement vector)
    {
        var headers = new HeaderDictionary();
        foreach (var header in vector.GetProperty("headers").EnumerateObject())
            headers[header.Name] = header.Value.GetString();
        return SignedRequest.From(
            vector.GetProperty("method").GetString()!,
            vector.GetProperty("uriOnTheWire").GetString()!,
            vector.GetProperty("bodyBase64").GetBytesFromBase64(),
            headers);
    }

    private static Dictionary<string, JsonElement> ReadVectors()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "HubSpot", "signature-vectors.json")));
        return file.RootElement.GetProperty("vectors").EnumerateArray()
            .ToDictionary(vector => vector.GetProperty("id").GetString()!, vector => vector.Clone());
    }
}
