using System.Collections.Concurrent;

namespace Lucitra.Tests.Webhooks.Crm;

/// <summary>Stands in for HubSpot's API: remembers the requests and answers them.</summary>
internal sealed class FakeHubSpot(TimeProvider clock) : HttpMessageHandler
{
    private readonly ConcurrentQueue<ReceivedCall> _calls = new();
    private readonly ConcurrentQueue<Func<ReceivedCall, ApiAnswer>> _script = new();

    public IReadOnlyList<ReceivedCall> Calls => [.. _calls];

    /// <summary>Answers what the script does not.</summary>
    public Func<ReceivedCall, CancellationToken, Task<ApiAnswer>> Otherwise { get; set; } =
        (call, _) => throw new InvalidOperationException($"Nobody expects {call.Line}.");

    /// <summary>Answers the next requests, one each.</summary>
    public void Answer(params string[] fixtures)
    {
        foreach (var fixture in fixtures)
            Answer(_ => ApiAnswer.Of(fixture));
    }

    public void Answer(Func<ReceivedCall, ApiAnswer> answer) => _script.Enqueue(answer);

    public void AnswerAlways(string fixture) => Otherwise = (_, _) => Task.FromResult(ApiAnswer.Of(fixture));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = new ReceivedCall(
            $"{request.Method} {request.RequestUri!.PathAndQuery}",
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken),
            request.Headers.Authorization?.ToString(),
            clock.GetUtcNow());
        _calls.Enqueue(call);
        var answer = _script.TryDequeue(out var scripted) ? scripted(call) : await Otherwise(call, cancellationToken);
        return answer.ToResponse();
    }
}

/// <summary>A request: its line is method, path and query.</summary>
internal sealed record ReceivedCall(string Line, string Body, string? Authorization, DateTimeOffset At);
