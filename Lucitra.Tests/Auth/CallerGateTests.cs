using System.Net;
using System.Net.Http.Json;
using System.Text;
using Lucitra.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace Lucitra.Tests.Auth;

public sealed class CallerGateTests
{
    private const string Html = "text/html";

    [Theory]
    [InlineData("POST", "/graphql", null)]
    [InlineData("GET", "/graphql?query=%7B__typename%7D", null)]
    [InlineData("GET", "/graphql?query=%7B__typename%7D", Html)]
    [InlineData("GET", "/graphql?sdl", null)]
    [InlineData("GET", "/graphql/schema", null)]
    [InlineData("GET", "/graphql/schema/", null)]
    [InlineData("GET", "/GraphQL/Schema.graphql", Html)]
    [InlineData("HEAD", "/graphql", Html)]
    [InlineData("HEAD", "/graphql/schema", null)]
    [InlineData("GET", "/api/v1/contacts", Html)]
    [InlineData("GET", "/API/v1/contacts", null)]
    public async Task A_caller_without_credentials_is_refused(string method, string path, string? accept)
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);

        using var response = await SendAsync(app, method, path, accept);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("/graphql", Html)]
    [InlineData("/graphql/", Html)]
    [InlineData("/graphql/bcp-config.json", null)]
    public async Task The_explorer_is_for_everybody(string path, string? accept)
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);

        using var response = await SendAsync(app, "GET", path, accept);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("/graphql?sdl")]
    [InlineData("/graphql/schema")]
    [InlineData("/graphql/schema.graphql")]
    public async Task The_schema_is_for_everybody_in_Development(string path)
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite, environment: Environments.Development);

        using var response = await SendAsync(app, "GET", path, null);
        Assert.Contains("type Query", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var query = await SendAsync(app, "GET", path.Contains('?', StringComparison.Ordinal) ? path + "&query=%7B__typename%7D" : "/graphql", null);
        Assert.Equal(HttpStatusCode.Unauthorized, query.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/contacts")]
    [InlineData("/graphql/schema")]
    public async Task Asking_for_a_WebSocket_opens_no_other_door(string path)
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.ParseAdd("websocket");
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", Convert.ToBase64String(new byte[16]));
        using var client = new HttpClient { BaseAddress = app.Address };

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("X-Api-Key", LucitraApp.ApiKey, HttpStatusCode.OK)]
    [InlineData("Authorization", "Bearer " + LucitraApp.ApiKey, HttpStatusCode.OK)]
    [InlineData("Authorization", "bearer " + LucitraApp.ApiKey, HttpStatusCode.OK)]
    [InlineData("Authorization", LucitraApp.ApiKey, HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", "Bearer", HttpStatusCode.Unauthorized)]
    [InlineData("X-Api-Key", LucitraApp.ApiKey + "x", HttpStatusCode.Unauthorized)]
    public async Task The_API_key_opens_GraphQL(string header, string value, HttpStatusCode expected)
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        using var client = new HttpClient { BaseAddress = app.Address };
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        using var response = await client.PostAsJsonAsync("/graphql", new { query = "{ __typename }" });

        Assert.Equal(expected, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(LucitraApp app, string method, string path, string? accept)
    {
        using var client = new HttpClient { BaseAddress = app.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);
        if (method == "POST")
            request.Content = new StringContent("""{"query":"{ __typename }"}""", Encoding.UTF8, "application/json");
        return await client.SendAsync(request);
    }
}
