using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Lucitra.Twin.Webhooks;

/// <summary>One request with webhooks, signed as HubSpot signs today (v3).</summary>
internal sealed class WebhookPost(TwinOptions options, TwinClock clock) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Whether the answer was 2xx, and in time.</summary>
    public async Task<bool> IsAcceptedAsync(IEnumerable<Message> batch, Uri target, Uri signedUrl, string secret, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Sender.Patience, options.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var request = Signed(MessageJson.Body(batch, options.AppId), target, signedUrl, secret);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            // A receiver that is down, slow or cut off is what the retries are for.
            return false;
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Signed(byte[] body, Uri target, Uri signedUrl, string secret)
    {
        var timestamp = clock.Now().ToString(CultureInfo.InvariantCulture);
        byte[] source = [.. Encoding.UTF8.GetBytes($"POST{signedUrl.AbsoluteUri}"), .. body, .. Encoding.UTF8.GetBytes(timestamp)];
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-HubSpot-Request-Timestamp", timestamp);
        request.Headers.Add("X-HubSpot-Signature-v3", Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), source)));
        return request;
    }
}
