using Lucitra.Graph.Http.CrossOrigin;
using Lucitra.Tests.Support;
using Microsoft.Extensions.Options;

namespace Lucitra.Tests.Http.CrossOrigin;

public sealed class CrossOriginTests
{
    private const string Friend = "https://app.example.com";

    [Fact]
    public async Task Pages_of_listed_origins_may_call_graphql_and_rest()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite, new() { ["Cors:AllowedOrigins:0"] = Friend, ["Cors:AllowCredentials"] = "true" });
        using var stranger = new HttpClient { BaseAddress = app.Address };
        foreach (var path in new[] { "/graphql", "/api/v1/contacts" })
        {
            var preflight = await PreflightAsync(stranger, path, Friend);
            Assert.Equal((204, Friend, "true", "600"), (preflight.Status, preflight.Origin, preflight.Credentials, preflight.MaxAge));
            Assert.Null((await PreflightAsync(stranger, path, "https://evil.example")).Origin);
        }

        var answer = await app.SendAsync(HttpMethod.Get, "/api/v1/contacts", null, ("Origin", Friend));
        Assert.Equal(Friend, answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("ETag", string.Join(',', answer.Headers.GetValues("Access-Control-Expose-Headers")), StringComparison.Ordinal);
        Assert.Null((await PreflightAsync(stranger, "/webhook", Friend)).Origin);
    }

    [Fact]
    public async Task By_default_no_other_origin_may()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var answer = await app.SendAsync(HttpMethod.Get, "/api/v1/contacts", null, ("Origin", Friend));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("*", true, "any page could act as the visitor")]
    [InlineData("app.example.com", false, "is no origin")]
    [InlineData("https://app.example.com/", false, "is no origin")]
    public async Task A_dangerous_or_meaningless_setting_stops_the_start(string origin, bool credentials, string complaint)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => LucitraApp.StartAsync(
            TestDatabase.Sqlite, new() { ["Cors:AllowedOrigins:0"] = origin, ["Cors:AllowCredentials"] = $"{credentials}" }));
        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
        Assert.Equal(typeof(CrossOriginOptions), error.OptionsType);
    }

    private static async Task<(int Status, string? Origin, string? Credentials, string? MaxAge)> PreflightAsync(HttpClient client, string path, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization, content-type");
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, Value("Access-Control-Allow-Origin"), Value("Access-Control-Allow-Credentials"), Value("Access-Control-Max-Age"));

        string? Value(string name) => response.Headers.TryGetValues(name, out var values) ? values.Single() : null;
    }
}
