using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Lucitra.Webhooks;

namespace Lucitra.Tests.Support;

/// <summary>Posts webhooks as HubSpot does: signed, in batches.</summary>
internal sealed class HubSpotDriver(Uri server) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = server };

    /// <summary>Signs and posts a body, byte for byte.</summary>
    public async Task<HttpStatusCode> PostAsync(byte[] body)
    {
        using var response = await SendAsync(body);
        return response.StatusCode;
    }

    /// <summary>Signs and posts a body, and gives the whole answer.</summary>
    public async Task<HttpResponseMessage> SendAsync(byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhook") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add("X-HubSpot-Request-Timestamp", timestamp);
        request.Headers.Add(
            "X-HubSpot-Signature-v3",
            HubSpotSignature.SignV3(LucitraApp.ClientSecret, "POST", $"{LucitraApp.PublicBaseUrl}/webhook", body, timestamp));
        return await _client.SendAsync(request);
    }

    /// <summary>Signs and posts events in one batch, which must be accepted.</summary>
    public async Task DeliverAsync(params HubSpotFact[] facts) =>
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(JsonSerializer.SerializeToUtf8Bytes(facts.Select(fact => fact.ToJson()))));

    /// <summary>Delivers events as often as HubSpot does: again after anything but an acknowledgement.</summary>
    public Task DeliverUntilTakenAsync(params HubSpotFact[] facts)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(facts.Select(fact => fact.ToJson()));
        return Eventually.IsTrueAsync(async () => await PostAsync(body) == HttpStatusCode.NoContent);
    }

    public void Dispose() => _client.Dispose();
}
