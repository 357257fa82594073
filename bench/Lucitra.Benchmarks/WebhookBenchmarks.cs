using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Lucitra.Webhooks;

namespace Lucitra.Benchmarks;

/// <summary>A delivery of 100 events, the most HubSpot sends. Every figure is per event; the limit is the hash that nobody can leave out.</summary>
public class WebhookBenchmarks
{
    private const int Events = 100;
    private const string Secret = "9f1c7a52-0b6e-4d0e-8c11-2f8f2b7d6a90";
    private const string Url = "https://hooks.example/webhook";

    private static readonly DateTimeOffset _now = new(2026, 10, 5, 8, 30, 0, TimeSpan.Zero);
    private static readonly byte[] _secret = Encoding.UTF8.GetBytes(Secret);

    private readonly HubSpotOptions _options = new() { ClientSecret = Secret, PublicBaseUrl = "https://hooks.example" };
    private readonly byte[] _body = Body();
    private SignedRequest _request = null!;

    [GlobalSetup]
    public void Sign()
    {
        var timestamp = _now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signature = HubSpotSignature.SignV3(Secret, "POST", Url, _body, timestamp);
        _request = new SignedRequest("POST", Url, _body, signature, timestamp, null, null);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Events), Answers(32)]
    public int HashOnly() => HMACSHA256.HashData(_secret, _body).Length;

    /// <summary>What stands between HubSpot and its 204, but for the queue.</summary>
    [Benchmark(OperationsPerInvoke = Events), Answers(Events)]
    public int VerifyAndScan()
    {
        var verdict = HubSpotSignature.Verify(_request, _options, _now);
        return verdict == SignatureVerdict.Valid ? WebhookBody.Scan(_body, maxEvents: 1000).Events : 0;
    }

    [Benchmark(OperationsPerInvoke = Events), Answers(Events)]
    public int VerifyScanAndParse()
    {
        var (events, facts) = (VerifyAndScan(), 0);
        foreach (var element in WebhookBody.Split(_body))
            facts += HubSpotEventParser.Parse(element).Fact is null ? 0 : 1;
        return facts == events ? facts : 0;
    }

    private static byte[] Body() => JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(0, Events).Select(number => new
    {
        eventId = 3_816_279_340L + number,
        subscriptionId = 5_200_100,
        portalId = 21_478_362,
        appId = 4_411_907,
        occurredAt = _now.ToUnixTimeMilliseconds(),
        subscriptionType = "contact.propertyChange",
        attemptNumber = 0,
        objectId = 90_000 + number,
        propertyName = "email",
        propertyValue = $"contact{number}@northwharf.example",
        changeSource = "CRM_UI",
        sourceId = "userId:70114592",
    }));
}
