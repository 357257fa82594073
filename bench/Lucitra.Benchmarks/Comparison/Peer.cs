namespace Lucitra.Benchmarks.Comparison;

/// <summary>A server that takes part.</summary>
/// <param name="Name">One of <see cref="Peers"/>.</param>
/// <param name="Process">Its process.</param>
/// <param name="Headers">What each request brings.</param>
internal sealed record Peer(string Name, ServerProcess Process, IReadOnlyDictionary<string, string> Headers) : IAsyncDisposable
{
    /// <summary>What it answers to a request, as bytes.</summary>
    public async Task<byte[]> AskAsync(Request request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(request.Path, UriKind.Relative));
        foreach (var (name, value) in Headers)
            message.Headers.Add(name, value);
        if (request.Body is { } body)
            message.Content = new StringContent(body.Replace(Request.Unique, $"{Name}-{Guid.CreateVersion7():N}", StringComparison.Ordinal), null, "application/json");
        using var answer = await Process.Client.SendAsync(message);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode
            ? bytes
            : throw new BenchFailure($"{Name} answered {(int)answer.StatusCode} to {request}: {System.Text.Encoding.UTF8.GetString(bytes)}");
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
