using System.Net;
using System.Text.Json;
using Lucitra.Graph.Http.Explorer;
using Lucitra.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Lucitra.Tests.Auth;

public sealed class ExplorerKeyTests
{
    [Theory]
    [InlineData("localhost:8080", "127.0.0.1")]
    [InlineData("LOCALHOST", "127.0.0.1")]
    [InlineData("127.0.0.1:8080", "::ffff:127.0.0.1")]
    [InlineData("[::1]:8080", "::1")]
    public async Task In_Development_the_explorer_on_this_computer_sends_the_key(string host, string address)
    {
        await using var app = await StartAsync(Environments.Development);

        Assert.Equal($"Bearer {LucitraApp.ApiKey}", Assert.Single(HeadersFor(app, host, address)!).Value);
    }

    [Theory]
    [InlineData("localhost:8080", "192.0.2.7")]
    [InlineData("rebound.example:8080", "127.0.0.1")]
    [InlineData("localhost.example", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    public async Task Another_computer_or_name_does_not_get_the_key(string host, string address)
    {
        await using var app = await StartAsync(Environments.Development);

        Assert.Null(HeadersFor(app, host, address));
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    public async Task A_tunnel_to_this_computer_does_not_get_the_key(string header)
    {
        await using var app = await StartAsync(Environments.Development);

        Assert.Null(HeadersFor(app, "localhost", "127.0.0.1", header));
    }

    [Theory]
    [InlineData("Test")]
    [InlineData("Production")]
    public async Task Elsewhere_nobody_gets_the_key(string environment)
    {
        await using var app = await StartAsync(environment);
        using var client = new HttpClient { BaseAddress = app.Address };

        var configuration = await client.GetStringAsync("/graphql/bcp-config.json");

        Assert.False(JsonElement.Parse(configuration).TryGetProperty("httpHeaders", out _));
    }

    private static Task<LucitraApp> StartAsync(string environment) =>
        LucitraApp.StartAsync(TestDatabase.Sqlite, environment: environment);

    private static IReadOnlyDictionary<string, string>? HeadersFor(LucitraApp app, string host, string address, string? header = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Host = new HostString(host);
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        if (header is not null)
            context.Request.Headers[header] = "192.0.2.7";
        return app.Services.GetRequiredService<IOptions<ExplorerOptions>>().Value.HttpHeaders(context);
    }
}
