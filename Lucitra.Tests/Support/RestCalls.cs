using System.Net.Http.Json;
using System.Text.Json;

namespace Lucitra.Tests.Support;

/// <summary>An answer of the REST API.</summary>
internal sealed record RestAnswer(int Status, string? ContentType, Uri? Location, string? Next, string? Previous, JsonElement Body)
{
    /// <summary>Holds the answer to what every problem looks like, and gives its code.</summary>
    public string? Problem()
    {
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal(Status, Body.At("status").GetInt32());
        Assert.NotNull(Body.Text("title"));
        Assert.NotNull(Body.Text("detail"));
        return Body.Text("code");
    }
}

internal static class RestCalls
{
    public static async Task<RestAnswer> GetAsync(this LucitraApp app, string path) => await ReadAsync(await app.Client.GetAsync(path));

    public static async Task<RestAnswer> PostAsync(this LucitraApp app, string path, object body) => await ReadAsync(await app.Client.PostAsJsonAsync(path, body));

    public static async Task<RestAnswer> PutAsync(this LucitraApp app, string path, object body) => await ReadAsync(await app.Client.PutAsJsonAsync(path, body));

    public static async Task<RestAnswer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var links = response.Headers.TryGetValues("Link", out var values) ? values.Single().Split(", ") : [];
            var body = await response.Content.ReadFromJsonAsync<JsonElement>();
            return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.Location, Target(links, "next"), Target(links, "prev"), body);
        }
    }

    private static string? Target(string[] links, string relation) =>
        Array.Find(links, link => link.EndsWith($"; rel=\"{relation}\"", StringComparison.Ordinal))?.Split('>')[0][1..];
}
