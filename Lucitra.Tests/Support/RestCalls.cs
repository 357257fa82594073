using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Lucitra.Tests.Support;

/// <summary>An answer of the REST API; the body is undefined when there is none.</summary>
internal sealed record RestAnswer(int Status, string? ContentType, Uri? Location, string? Next, string? Previous, JsonElement Body, HttpResponseHeaders Headers)
{
    public string? ETag => Headers.ETag?.ToString();

    /// <summary>Holds the answer to what every problem looks like, and gives its code.</summary>
    public string? Problem()
    {
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal(Status, Body.At("status").GetInt32());
        Assert.NotNull(Body.Text("title"));
        Assert.NotNull(Body.Text("detail"));
        Assert.Equal($"/problems/{Body.Text("code")}", Body.Text("type"));
        return Body.Text("code");
    }
}

internal static class RestCalls
{
    public static async Task<RestAnswer> GetAsync(this LucitraApp app, string path) => await ReadAsync(await app.Client.GetAsync(path));

    public static async Task<RestAnswer> PostAsync(this LucitraApp app, string path, object body) => await ReadAsync(await app.Client.PostAsJsonAsync(path, body));

    public static async Task<RestAnswer> PutAsync(this LucitraApp app, string path, object body) => await ReadAsync(await app.Client.PutAsJsonAsync(path, body));

    /// <summary>Sends any method, with headers and perhaps a body in JSON.</summary>
    public static async Task<RestAnswer> SendAsync(this LucitraApp app, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await ReadAsync(await app.Client.SendAsync(request));
    }

    public static async Task<RestAnswer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var links = response.Headers.TryGetValues("Link", out var values) ? values.Single().Split(", ") : [];
            var text = await response.Content.ReadAsStringAsync();
            var body = text.Length == 0 ? default : JsonElement.Parse(text);
            return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.Location, Target(links, "next"), Target(links, "prev"), body, response.Headers);
        }
    }

    private static string? Target(string[] links, string relation) =>
        Array.Find(links, link => link.EndsWith($"; rel=\"{relation}\"", StringComparison.Ordinal))?.Split('>')[0][1..];
}
