using System.Net.Http.Headers;
using System.Text;

namespace Lucitra.Benchmarks.Start;

/// <summary>What a server is asked: a page of contacts with their deals. The answer must be the same every time.</summary>
internal sealed class Question(string apiKey)
{
    private const string Body = """{"query":"{ contacts(first: 20, where: { lifecycleStage: { eq: \"customer\" } }, order: [{ createdAt: DESC }]) { nodes { id email firstName deals { nodes { name amount } } } pageInfo { endCursor } } }"}""";

    private string? _answer;

    public async Task AskAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("X-Api-Key", apiKey);
        using var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode || !answer.StartsWith("""{"data":{"contacts":{"nodes":[{""", StringComparison.Ordinal) || (_answer ??= answer) != answer)
            throw new BenchFailure($"A server answered {(int)response.StatusCode}: {answer[..Math.Min(answer.Length, 500)]}");
    }
}
