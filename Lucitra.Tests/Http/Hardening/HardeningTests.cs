using System.Net;
using System.Net.Sockets;
using System.Text;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Http.Hardening;
using Lucitra.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lucitra.Tests.Http.Hardening;

public sealed class HardeningTests
{
    [Fact]
    public async Task Browsers_are_told_to_do_nothing_more_with_an_answer()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        using var stranger = new HttpClient { BaseAddress = app.Address };
        foreach (var path in new[] { "/api/v1/contacts", "/graphql", "/health", "/openapi/v1.json", "/docs/", "/problems", "/graphql/", "/webhook", "/nowhere" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Accept", path == "/graphql/" ? "text/html" : "*/*");
            using var answer = await stranger.SendAsync(request);
            Assert.Equal((path, "nosniff", "DENY", "no-referrer"), (path, Value("X-Content-Type-Options"), Value("X-Frame-Options"), Value("Referrer-Policy")));
            Assert.Contains("frame-ancestors 'none'", Value("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Server"));
            Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
            if (path is "/api/v1/contacts" or "/graphql" or "/openapi/v1.json")
                Assert.StartsWith("default-src 'none';", Value("Content-Security-Policy"), StringComparison.Ordinal);

            string Value(string name) => answer.Headers.GetValues(name).Single();
        }
    }

    [Fact]
    public async Task Only_trusted_proxies_say_where_a_call_comes_from()
    {
        await using var direct = await StartAsync([]);
        await using var proxied = await StartAsync(new() { ["Http:TrustedProxies:0"] = "127.0.0.0/8", ["Http:TrustedProxies:1"] = "10.0.0.0/8" });
        await using var foreign = await StartAsync(new() { ["Http:TrustedProxies:0"] = "192.168.0.0/16" });

        Assert.Equal("127.0.0.1 http", await WhoAsync(direct, "203.0.113.7", "https"));
        Assert.Equal("127.0.0.1 http", await WhoAsync(foreign, "203.0.113.7", "https"));
        Assert.Equal("203.0.113.7 https", await WhoAsync(proxied, "203.0.113.7", "https"));

        // What the caller itself wrote stands before the first proxy that is not trusted.
        Assert.Equal("203.0.113.7 https", await WhoAsync(proxied, "198.51.100.1, 203.0.113.7, 10.1.2.3", "https, https, https"));
    }

    [Fact]
    public async Task Plain_http_is_sent_on_to_https_where_a_setting_says_so_but_never_webhooks()
    {
        await using var app = await StartAsync(new() { ["Http:RedirectToHttps"] = "true", ["Http:TrustedProxies:0"] = "127.0.0.0/8" });
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = app.Address };

        using var page = await client.GetAsync("/docs/?a=b");
        Assert.Equal((308, "https://127.0.0.1/docs/?a=b"), ((int)page.StatusCode, page.Headers.Location?.OriginalString));
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 501));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live")).StatusCode);

        using var secure = new HttpRequestMessage(HttpMethod.Get, "/docs/");
        secure.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await client.SendAsync(secure);
        Assert.Equal((200, "max-age=31536000; includeSubDomains"), ((int)answer.StatusCode, answer.Headers.GetValues("Strict-Transport-Security").Single()));
    }

    [Fact]
    public async Task Settings_limit_what_a_connection_may_take()
    {
        await using var app = await StartAsync(new()
        {
            ["Http:RequestHeadersTimeout"] = "00:00:07",
            ["Http:MinBytesPerSecond"] = "1000",
            ["Http:MaxHeaderBytes"] = "4096",
            ["Http:MaxConnections"] = "50",
            ["Http:MaxWebSockets"] = "20",
        });
        var limits = app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.Equal((TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(130)), (limits.RequestHeadersTimeout, limits.KeepAliveTimeout));
        Assert.Equal((1000, 1000, 50, 20), (limits.MinRequestBodyDataRate!.BytesPerSecond, limits.MinResponseDataRate!.BytesPerSecond, limits.MaxConcurrentConnections, limits.MaxConcurrentUpgradedConnections));
        Assert.Equal(33_554_432, limits.MaxRequestBodySize);

        Assert.Equal(431, (int)(await app.SendAsync(HttpMethod.Get, "/api/v1/contacts", null, ("X-Long", new string('x', 5000)))).Status);
    }

    [Fact]
    public async Task A_client_that_dawdles_over_its_headers_is_answered_408()
    {
        await using var app = await StartAsync(new() { ["Http:RequestHeadersTimeout"] = "00:00:01" });
        using var client = new TcpClient();
        await client.ConnectAsync(app.Address.Host, app.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("GET /health HTTP/1.1\r\nHost: x\r\n"));

        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 408 Request Timeout", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task A_network_that_is_none_stops_the_start()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(new() { ["Http:TrustedProxies:0"] = "proxy.local" }));
        Assert.Contains("'proxy.local', which is no network", error.Message, StringComparison.Ordinal);
        Assert.Equal(typeof(HttpOptions), error.OptionsType);
    }

    private static Task<LucitraApp> StartAsync(Dictionary<string, string?> settings) => LucitraApp.StartAsync(
        TestDatabase.Sqlite, settings, builder => builder.Services.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter, WhoFilter>());

    private static async Task<string> WhoAsync(LucitraApp app, string forwardedFor, string forwardedProto)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/who");
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        request.Headers.Add("X-Forwarded-Proto", forwardedProto);
        using var answer = await app.Client.SendAsync(request);
        return answer.Headers.GetValues("X-Who").Single();
    }

    /// <summary>Says in every answer where the server takes the call to come from.</summary>
    private sealed class WhoFilter : Microsoft.AspNetCore.Hosting.IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, inner) =>
            {
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers["X-Who"] = $"{CallerGate.AddressOf(context)} {context.Request.Scheme}";
                    return Task.CompletedTask;
                });
                return inner(context);
            });
            next(app);
        };
    }
}
