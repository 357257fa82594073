using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lucitra.Twin;

namespace Lucitra.Tests.Twin;

/// <summary>Calls a twin's CRM API as an app does.</summary>
internal sealed class TwinClient : IDisposable
{
    private readonly HttpClient _client;

    public TwinClient(HubSpotTwin twin, long portalId = 21_478_362, string? token = null)
    {
        _client = new HttpClient { BaseAddress = twin.Address };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token ?? twin.State.AccessTokenOf(portalId));
    }

    public Task<TwinAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<TwinAnswer> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body);

    public Task<TwinAnswer> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, path, body);

    public Task<TwinAnswer> PutAsync(string path) => SendAsync(HttpMethod.Put, path, null);

    public Task<TwinAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public async Task<TwinAnswer> RefreshAsync(string refreshToken, string secret)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["client_id"] = "app",
            ["client_secret"] = secret,
            ["refresh_token"] = refreshToken,
        });
        using var response = await _client.PostAsync("/oauth/v3/token", form);
        return await TwinAnswer.OfAsync(response);
    }

    /// <summary>Makes a record and gives its id.</summary>
    public async Task<long> CreateAsync(string type, object properties)
    {
        var answer = await PostAsync($"/crm/v3/objects/{type}", new { properties });
        Assert.Equal(201, answer.Status);
        return long.Parse((string)answer.Body!["id"]!);
    }

    public void Dispose() => _client.Dispose();

    private async Task<TwinAnswer> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await _client.SendAsync(request);
        return await TwinAnswer.OfAsync(response);
    }
}

/// <summary>An answer; its body is null if it is no JSON.</summary>
internal sealed record TwinAnswer(int Status, JsonNode? Body, string Text, HttpResponseHeaders Headers)
{
    public static async Task<TwinAnswer> OfAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        return new TwinAnswer((int)response.StatusCode, isJson ? JsonNode.Parse(text) : null, text, response.Headers);
    }
}
