using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Lucitra.Tests.Http.Support;
using Lucitra.Tests.Support;
using Lucitra.Tests.Webhooks;

namespace Lucitra.Tests.Deployment;

/// <summary>
/// What comes to a server in operation: webhooks, queries and a subscriber that connects again wherever it was told to. What is
/// not answered well, it remembers.
/// </summary>
internal sealed class Traffic : IAsyncDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    private readonly Uri _address;
    private readonly ConcurrentQueue<string> _changes = [];
    private readonly ConcurrentQueue<string> _failures = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _leave = new();
    private readonly Task _posting;
    private readonly Task _hearing;
    private int _answers;
    private int _connections;

    private Traffic(Uri address, string cursor)
    {
        _address = address;
        _posting = Task.WhenAll(PostAsync(), PostAsync(), QueryAsync(), QueryAsync());
        _hearing = HearAsync(cursor);
    }

    public BurstOfChanges Webhooks { get; } = new();

    /// <summary>How many requests were answered well.</summary>
    public int Answers => _answers;

    /// <summary>What became of the others.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>The cursors of the changes that the subscriber was told, in order.</summary>
    public IReadOnlyCollection<string> Changes => _changes;

    /// <summary>How often the subscriber connected.</summary>
    public int Connections => _connections;

    public static async Task<Traffic> BeginAsync(Uri address)
    {
        using var client = ClientOf(address);
        var answer = await client.PostAsJsonAsync("/graphql", new { query = "{ changesCursor }" });
        return new Traffic(address, (await answer.Content.ReadFromJsonAsync<JsonElement>()).At("data.changesCursor").GetString()!);
    }

    /// <summary>Sends no more requests, and waits for the answers to those sent. The subscriber stays.</summary>
    public async Task EndPostsAsync()
    {
        await _stop.CancelAsync();
        await _posting;
    }

    /// <summary>Ends the subscriber, too.</summary>
    public async Task LeaveAsync()
    {
        await EndPostsAsync();
        await _leave.CancelAsync();
        await _hearing;
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        _stop.Dispose();
        _leave.Dispose();
    }

    private async Task PostAsync()
    {
        using var hubSpot = new HubSpotDriver(_address);
        while (!_stop.IsCancellationRequested)
        {
            if (await Webhooks.PostOneAsync(hubSpot))
                Interlocked.Increment(ref _answers);
            else
                _failures.Enqueue("webhook not acknowledged");
            await Task.Delay(_pause);
        }
    }

    private async Task QueryAsync()
    {
        using var client = ClientOf(_address);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await client.PostAsJsonAsync("/graphql", new { query = "{ contacts(first: 5) { totalCount nodes { id firstName } } }" });
                var body = await answer.Content.ReadAsStringAsync();
                if (answer.IsSuccessStatusCode && !body.Contains("\"errors\"", StringComparison.Ordinal))
                    Interlocked.Increment(ref _answers);
                else
                    _failures.Enqueue($"query: {(int)answer.StatusCode} {body}");
            }
            catch (HttpRequestException fault)
            {
                _failures.Enqueue($"query: {fault.Message}");
            }

            await Task.Delay(_pause);
        }
    }

    private async Task HearAsync(string cursor)
    {
        while (!_leave.IsCancellationRequested)
        {
            Interlocked.Increment(ref _connections);
            using var client = await SocketClient.ConnectAsync(_address, "graphql-transport-ws", [("X-Api-Key", LucitraApp.ApiKey)]);
            using var leaving = _leave.Token.Register(client.Dispose);
            try
            {
                await client.SayAsync("""{"type":"connection_init"}""");
                await client.HearAsync();
                await client.SubscribeAsync("1", $$"""subscription { onContactChanged(after: \"{{cursor}}\") { id } }""");
                while (await client.HearAsync() is { } message)
                {
                    if (JsonElement.Parse(message) is var next && next.GetProperty("type").GetString() == "next")
                        _changes.Enqueue(cursor = next.At("payload.extensions.cursor").GetString()!);
                }

                if (client.Closed.Code != 1012)
                    _failures.Enqueue($"subscription closed with {client.Closed}");
            }
            catch (Exception fault) when (_leave.IsCancellationRequested && fault is WebSocketException or OperationCanceledException or ObjectDisposedException)
            {
            }
        }
    }

    private static HttpClient ClientOf(Uri address)
    {
        var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Add("X-Api-Key", LucitraApp.ApiKey);
        return client;
    }
}
