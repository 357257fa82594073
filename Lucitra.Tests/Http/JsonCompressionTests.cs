using System.IO.Compression;
using System.Text;
using Lucitra.Tests.Http.Support;

namespace Lucitra.Tests.Http;

public sealed class JsonCompressionTests(JsonCompressionTests.Fixture fixture) : IClassFixture<JsonCompressionTests.Fixture>
{
    private const string Small = """{"query":"{ hello }"}""";
    private const string Large = """{"query":"{ items(first: 100) { nodes { id name } } }"}""";
    private readonly GraphQLHost _host = fixture.Host;

    public sealed class Fixture : IAsyncLifetime
    {
        public GraphQLHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await GraphQLHost.StartAsync();

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip;q=1, br;q=0.5", "gzip")]
    public async Task A_large_answer_is_compressed_as_the_client_likes(string accept, string? expected = null)
    {
        using var response = await SendAsync(Large, accept);

        Assert.Equal(expected ?? accept, Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        await using var body = await response.Content.ReadAsStreamAsync();
        await using Stream plain = (expected ?? accept) == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        using var uncompressed = await SendAsync(Large, "identity");
        Assert.Equal(await uncompressed.Content.ReadAsStringAsync(), await reader.ReadToEndAsync());
    }

    [Theory]
    [InlineData(Small, "br, gzip", "application/json", null)]
    [InlineData(Large, "", "application/json", null)]
    [InlineData(Large, "deflate", "application/json", null)]
    [InlineData(Large, "br, gzip", "text/event-stream", null)]
    [InlineData(Large, "br, gzip", "application/json", "session=1")]
    public async Task Other_answers_are_not(string query, string acceptEncoding, string accept, string? cookie)
    {
        using var response = await SendAsync(query, acceptEncoding, accept, cookie);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    private async Task<HttpResponseMessage> SendAsync(
        string body, string acceptEncoding, string accept = "application/json", string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept-Encoding", acceptEncoding);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (cookie is not null)
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        return await _host.Client.SendAsync(request);
    }
}
