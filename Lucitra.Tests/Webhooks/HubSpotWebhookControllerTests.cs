using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Queue;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Webhooks;

/// <summary>The receiver behind a real server, because what matters are raw bytes and the raw target.</summary>
public sealed class HubSpotWebhookControllerTests : IAsyncLifetime, IDisposable
{
    private const string PublicBaseUrl = "https://hooks.example.com";
    private const string Secret = "secret";
    private const string Event = """{"portalId":7,"occurredAt":5,"subscriptionType":"contact.creation","objectId":1}""";

    private readonly QueueInMemory _queue = new();
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false });
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HubSpot:ClientSecret"] = Secret,
            ["HubSpot:PublicBaseUrl"] = PublicBaseUrl,
            ["Webhooks:MaxBodyBytes"] = "40000000",
        });
        builder.Services.AddRouting();
        builder.Services.AddWebhooks(builder.Configuration).AddWebhookReceiver(builder.Configuration);
        builder.Services.AddSingleton<IEventQueue>(_queue);
        _app = builder.Build();
        _app.UseRouting();
        _app.MapControllers();
        await _app.StartAsync();
        _client.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Theory]
    [InlineData("/webhook")]
    [InlineData("/webhook/")]
    [InlineData("/webhook?q=%3A%20%2f&flag")]
    public async Task A_signed_delivery_is_queued_letter_for_letter(string target)
    {
        var body = Encoding.UTF8.GetBytes($"\uFEFF[ {Event} ]\n");

        using var response = await PostAsync(target, body);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(body, Assert.Single(_queue.Deliveries).Body);
    }

    [Fact]
    public async Task A_delivery_signed_for_another_path_is_refused_without_a_word()
    {
        using var response = await PostAsync("/webhook/", Encoding.UTF8.GetBytes($"[{Event}]"), signedTarget: "/webhook");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Empty(_queue.Deliveries);
    }

    [Fact]
    public async Task A_body_that_calls_itself_a_form_is_read_like_any_other()
    {
        using var response = await PostAsync(
            "/webhook", Encoding.UTF8.GetBytes($"[{Event}]"), contentType: "application/x-www-form-urlencoded");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task An_empty_batch_is_acknowledged_and_not_queued()
    {
        using var response = await PostAsync("/webhook", "[]"u8.ToArray());

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Empty(_queue.Deliveries);
    }

    [Theory]
    [InlineData("invalid/not-an-array", "Put the events into a JSON array")]
    [InlineData("invalid/truncated", "not complete")]
    [InlineData("invalid/empty", "empty")]
    [InlineData("invalid/null", "not an array")]
    [InlineData("invalid/deep-nesting", "deeper than 64")]
    public async Task A_malformed_body_is_answered_with_what_to_change(string fixture, string advice)
    {
        using var response = await PostAsync("/webhook", HubSpotFixtures.Body(fixture));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(advice, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(_queue.Deliveries);
    }

    [Fact]
    public async Task A_body_may_be_larger_than_the_servers_own_limit()
    {
        var body = Encoding.UTF8.GetBytes($"[{Event.Replace("\"objectId\"", $"\"x\":\"{new string('x', 32_000_000)}\",\"objectId\"")}]");

        using var response = await PostAsync("/webhook", body);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task Too_many_events_are_too_large()
    {
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(Event, 1_001))}]");

        using var response = await PostAsync("/webhook", body);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Too_many_bytes_are_too_large_even_when_not_announced()
    {
        using var request = Signed("/webhook", "/webhook", new byte[40_000_001], "application/json");
        request.Headers.TransferEncodingChunked = true;

        using var response = await _client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_delivery_that_cannot_be_kept_is_to_be_sent_again()
    {
        _queue.IsDown = true;

        using var response = await PostAsync("/webhook", Encoding.UTF8.GetBytes($"[{Event}]"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task The_sample_delivery_is_accepted_and_made_of_facts()
    {
        using var scope = _app.Services.CreateScope();
        var sample = scope.ServiceProvider.GetRequiredService<SampleWebhook>();

        var delivery = await sample.PostAsync(new Uri(_client.BaseAddress!, "/webhook"), null, CancellationToken.None);

        Assert.Equal(HttpStatusCode.NoContent, delivery.Status);
        var facts = WebhookBody.Split(Assert.Single(_queue.Deliveries).Body).ConvertAll(json => HubSpotEventParser.Parse(json).Fact!);
        Assert.Equal(12, facts.Count);
        Assert.Contains(facts, fact => fact.ObjectId == delivery.ContactId && fact.PropertyValue == delivery.Email);
        Assert.Contains(facts, fact => fact.ObjectId == delivery.DealId && fact.Kind == HubSpotEventKinds.Creation);
    }

    private async Task<HttpResponseMessage> PostAsync(
        string target, byte[] body, string? signedTarget = null, string contentType = "application/json")
    {
        using var request = Signed(target, signedTarget ?? target, body, contentType);
        return await _client.SendAsync(request);
    }

    private static HttpRequestMessage Signed(string target, string signedTarget, byte[] body, string contentType)
    {
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signature = HubSpotSignature.SignV3(Secret, "POST", PublicBaseUrl + signedTarget, body, timestamp);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(target, UriKind.Relative)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        request.Headers.Add(SignedRequest.SignatureV3Header, signature);
        request.Headers.Add(SignedRequest.TimestampHeader, timestamp);
        return request;
    }

    private sealed class QueueInMemory : IEventQueue
    {
        public List<AcceptedDelivery> Deliveries { get; } = [];

        public bool IsDown { get; set; }

        public Task EnqueueAsync(AcceptedDelivery delivery, CancellationToken cancellationToken)
        {
            if (IsDown)
                throw new IOException("The queue is down.");
            Deliveries.Add(delivery);
            return Task.CompletedTask;
        }
    }
}
