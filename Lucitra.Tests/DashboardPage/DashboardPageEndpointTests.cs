using System.Text;
using Lucitra.Graph.DashboardPage;
using Lucitra.Graph.Http.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.DashboardPage;

public sealed class DashboardPageEndpointTests
{
    [Fact]
    public async Task Without_its_files_a_page_says_why_and_how_to_get_them()
    {
        using var endpoint = new DashboardPageEndpoint(new PageFiles("no-such-folder"));
        var context = ContextOf("/dashboard");

        await endpoint.HandlePageAsync(context);

        var text = TextOf(context);
        Assert.Contains("This server was built without Node.js", text, StringComparison.Ordinal);
        Assert.Contains("Install Node.js 20 or later", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_page_may_run_nothing_but_its_own_files()
    {
        Skip.IfNot(DashboardFiles.AreThere, DashboardFiles.MissingReason);
        using var endpoint = new DashboardPageEndpoint(new PageFiles("dashboard"));
        var context = ContextOf("/dashboard");

        await endpoint.HandlePageAsync(context);

        var policy = context.Response.Headers.ContentSecurityPolicy.ToString();
        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", TextOf(context), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_the_page_loads_is_named_by_its_content_and_kept_by_browsers()
    {
        Skip.IfNot(DashboardFiles.AreThere, DashboardFiles.MissingReason);
        using var endpoint = new DashboardPageEndpoint(new PageFiles("dashboard"));
        var page = ContextOf("/dashboard");
        await endpoint.HandlePageAsync(page);
        var script = Path.GetFileName(TextOf(page).Split("src=\"")[1].Split('"')[0]);
        var (plain, compressed) = (ContextOf($"/dashboard/assets/{script}"), ContextOf($"/dashboard/assets/{script}"));
        compressed.Request.Headers.AcceptEncoding = "gzip, br";

        await endpoint.HandleAssetAsync(plain, script);
        await endpoint.HandleAssetAsync(compressed, script);

        Assert.Equal(("text/javascript", "public, max-age=31536000, immutable", ""), (plain.Response.ContentType, plain.Response.Headers.CacheControl.ToString(), plain.Response.Headers.ContentEncoding.ToString()));
        Assert.Equal(("text/javascript", "br"), (compressed.Response.ContentType, compressed.Response.Headers.ContentEncoding.ToString()));
        Assert.True(compressed.Response.Body.Length < plain.Response.Body.Length / 2);
    }

    [Theory]
    [InlineData("nothing.js")]
    [InlineData("../../Lucitra.Tests.dll")]
    public async Task Other_files_are_404(string file)
    {
        using var endpoint = new DashboardPageEndpoint(new PageFiles("dashboard"));
        var context = ContextOf("/dashboard/assets/x");

        await endpoint.HandleAssetAsync(context, file);

        Assert.Equal(404, context.Response.StatusCode);
    }

    [Fact]
    public async Task The_address_with_a_slash_leads_to_the_one_without()
    {
        using var endpoint = new DashboardPageEndpoint(new PageFiles("dashboard"));
        var context = ContextOf("/dashboard/");
        context.Request.QueryString = new("?range=7d");

        await endpoint.HandlePageAsync(context);

        Assert.Equal((302, "/dashboard?range=7d"), (context.Response.StatusCode, context.Response.Headers.Location.ToString()));
    }

    private static DefaultHttpContext ContextOf(string path)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider() };
        context.Request.Method = "GET";
        context.Request.Path = path;
        context.Response.Body = new MemoryStream();
        return context;
    }

    private static string TextOf(DefaultHttpContext context) => Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());
}
