using System.Text.Json;
using Lucitra.Graph.Http.OpenApi;
using Lucitra.Graph.Http.Rest;
using Lucitra.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Http.OpenApi;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_committed_description_is_what_the_server_gives()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var served = await app.Client.GetStringAsync(OpenApiText.Route);
        Assert.True(
            served == await File.ReadAllTextAsync(SourceTree.Path("docs", "openapi.json")),
            "docs/openapi.json is not what the program prints: dotnet run --project Lucitra.Graph -- openapi export --output ../docs/openapi.json");

        using var stranger = new HttpClient { BaseAddress = app.Address };
        using var response = await stranger.GetAsync(OpenApiText.Route);
        Assert.Equal((200, "application/json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        stranger.DefaultRequestHeaders.Add("If-None-Match", response.Headers.ETag!.ToString());
        Assert.Equal(304, (int)(await stranger.GetAsync(OpenApiText.Route)).StatusCode);
    }

    [Fact]
    public async Task Every_route_is_described_and_every_example_works()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var paths = JsonElement.Parse(await app.Client.GetStringAsync(OpenApiText.Route)).GetProperty("paths");
        foreach (var route in app.Services.GetRequiredService<RestDocuments>().Routes)
        {
            var operation = paths.GetProperty(route.Pattern).GetProperty(route.Method.ToLowerInvariant());
            Assert.True(route.Method is "GET" or "DELETE" || route.Pattern.EndsWith("/restore", StringComparison.Ordinal) || operation.TryGetProperty("requestBody", out _), route.Pattern);
        }

        foreach (var list in new[] { "/api/v1/contacts", "/api/v1/deals" })
        {
            var created = await app.PostAsync(list, Example(paths, list, "post"));
            Assert.Equal(201, created.Status);
            var changed = await app.SendAsync(HttpMethod.Patch, created.Location!.OriginalString, Example(paths, $"{list}/{{id}}", "patch"));
            Assert.Equal((200, "2"), (changed.Status, changed.Body.Text("version")));
        }
    }

    [SkippableFact]
    public async Task Redocly_finds_nothing_wrong_with_it()
    {
        var found = await NodeScript.RunAsync("openapi/lint.mjs", SourceTree.Path("docs", "openapi.json"));

        // Health checks take no input that could be wrong.
        var problems = found.GetProperty("problems").EnumerateArray()
            .Where(problem => problem.Text("ruleId") != "operation-4xx-response" || !problem.GetRawText().Contains("~1health", StringComparison.Ordinal));
        Assert.Empty(problems.Select(problem => $"{problem.Text("ruleId")}: {problem.Text("message")}"));
        Assert.Equal(0, found.GetProperty("totals").GetProperty("errors").GetInt32());
    }

    [SkippableFact]
    public async Task A_client_generated_from_it_works_against_the_server()
    {
        Skip.If(NodeScript.MissingReason is not null, NodeScript.MissingReason);
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);

        var seen = await NodeScript.RunAsync("openapi/client.mjs", $"{app.Address}", LucitraApp.ApiKey);
        Assert.Equal("", seen.GetProperty("compiler").GetString());
        Assert.Equal((201, "ada@northwharf.example"), (seen.GetProperty("created").GetInt32(), seen.Text("email")));
        Assert.Equal((412, "VersionConflictError"), (seen.GetProperty("late").GetInt32(), seen.Text("code")));
        Assert.Equal(["beta", "alpha"], seen.GetProperty("deals").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(204, seen.GetProperty("deleted").GetInt32());
        Assert.Empty(app.Errors.Errors);
    }

    [Fact]
    public async Task The_reference_comes_from_this_server_alone()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        using var stranger = new HttpClient { BaseAddress = app.Address };

        using var page = await stranger.GetAsync("/docs/");
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains(OpenApiText.Route[1..], html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        var nonce = html.Split("nonce=\"")[1].Split('"')[0];
        Assert.Contains($"script-src 'self' 'nonce-{nonce}'; style-src", policy, StringComparison.Ordinal);
        foreach (var script in new[] { "scalar.js", "scalar.aspnetcore.js" })
            Assert.Equal(200, (int)(await stranger.GetAsync($"/docs/{script}")).StatusCode);
    }

    private static JsonElement Example(JsonElement paths, string path, string method) => paths.GetProperty(path).GetProperty(method)
        .GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("examples").GetProperty("example").GetProperty("value");
}
