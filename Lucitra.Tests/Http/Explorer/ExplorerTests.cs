using System.Net;
using Lucitra.Graph.Http.Explorer;
using Lucitra.Tests.Http.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Http.Explorer;

public sealed class ExplorerTests
{
    [Fact]
    public async Task A_browser_is_sent_to_the_page_with_the_trailing_slash()
    {
        await using var host = await GraphQLHost.StartAsync();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        using var redirect = await client.GetAsync("/graphql");
        Assert.Equal((HttpStatusCode.Redirect, "/graphql/"), (redirect.StatusCode, redirect.Headers.Location!.OriginalString));

        using var page = await client.GetAsync("/graphql/");
        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (page.StatusCode, page.Content.Headers.ContentType!.ToString()));
        Assert.Contains("frame-ancestors 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_decides_who_gets_headers()
    {
        await using var host = await GraphQLHost.StartAsync(services: services => services.Configure<ExplorerOptions>(options =>
            options.HttpHeaders = context => IPAddress.IsLoopback(context.Connection.RemoteIpAddress!)
                ? new Dictionary<string, string> { ["X-Api-Key"] = "development" }
                : null));

        var answer = await host.GetAsync("/graphql/bcp-config.json");

        Assert.Equal(
            """{"useBrowserUrlAsEndpoint":true,"disableTelemetry":true,"includeCookies":false,"useGet":false,"httpHeaders":{"X-Api-Key":"development"}}""",
            answer.Body);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task The_host_decides_with_what_a_new_document_starts()
    {
        await using var host = await GraphQLHost.StartAsync(services: services =>
            services.Configure<ExplorerOptions>(options => options.Document = "{ __typename }"));

        Assert.Contains("""
            "graphQLDocument":"{ __typename }"
            """, (await host.GetAsync("/graphql/bcp-config.json")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/graphql/nothing.js")]
    [InlineData("/graphql/..%2fLucitra.Tests.dll")]
    [InlineData("/graphql/static")]
    public async Task Other_paths_are_404(string path)
    {
        await using var host = await GraphQLHost.StartAsync();
        Assert.Equal(404, (await host.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Without_the_files_a_page_says_how_to_get_them()
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };

        await ExplorerFallback.WriteAsync(context);

        Assert.Contains("Install Node.js 20 or later", System.Text.Encoding.UTF8.GetString(body.ToArray()), StringComparison.Ordinal);
    }
}
