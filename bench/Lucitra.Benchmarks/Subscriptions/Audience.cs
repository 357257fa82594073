using System.Net.Http.Json;
using System.Text.Json;
using Lucitra.Benchmarks.Comparison;

namespace Lucitra.Benchmarks.Subscriptions;

/// <summary>A server and its subscribers, which are in this process.</summary>
internal sealed class Audience : IAsyncDisposable
{
    private const int OpenedAtOnce = 20;
    private const int Sessions = 32;

    private readonly List<SubscriberSocket> _sockets = [];
    private readonly string _key;
    private string? _contact;
    private int _changes;

    private Audience(ServerProcess server, string key) => (Server, _key) = (server, key);

    public ServerProcess Server { get; }

    public Arrivals Arrivals { get; } = new();

    /// <summary>Starts a server that takes as many subscribers as this machine can open.</summary>
    public static async Task<Audience> StartAsync(string database, string program, string log)
    {
        var settings = LucitraProgram.Settings(database, Sessions);
        settings["Http__MaxConnections"] = "100000";
        settings["Http__MaxWebSockets"] = "100000";
        settings["GraphQL__MaxSubscriptionsPerCaller"] = "100000";
        var key = await LucitraProgram.ApiKeyAsync(program, settings);
        return new Audience(await LucitraProgram.StartAsync(program, settings, log), key);
    }

    /// <summary>Opens sockets with subscriptions on each.</summary>
    /// <param name="sockets">How many sockets.</param>
    /// <param name="documents">What the socket of a number subscribes to.</param>
    /// <param name="heard">Gets each message that brings an event.</param>
    public async Task OpenAsync(int sockets, Func<int, IEnumerable<string>> documents, SubscriberSocket.HeardEvent? heard = null)
    {
        var first = _sockets.Count;
        foreach (var part in Enumerable.Range(first, sockets).Chunk(OpenedAtOnce))
            _sockets.AddRange(await Task.WhenAll(part.Select(number => SubscriberSocket.OpenAsync(Server.Client.BaseAddress!, _key, documents(number), Arrivals, heard))));
    }

    public async Task CloseAsync()
    {
        foreach (var part in _sockets.Chunk(OpenedAtOnce))
            await Task.WhenAll(part.Select(socket => socket.DisposeAsync().AsTask()));
        _sockets.Clear();
    }

    /// <summary>Changes a contact until every subscriber has heard of it: those whose subscription had not begun miss the first ones.</summary>
    public async Task HeardByAllAsync(int subscribers)
    {
        var pause = TimeSpan.FromSeconds(2);
        while (true)
        {
            Arrivals.Expect(subscribers);
            var all = Arrivals.AllAsync();
            await ChangeAsync();
            if (await Task.WhenAny(all, Task.Delay(pause, TimeProvider.System)) == all)
            {
                await all;
                return;
            }

            // The rest of this change may come late and must not count for the next.
            await Task.Delay(pause, TimeProvider.System);
        }
    }

    /// <summary>Changes a contact, at first by making it.</summary>
    public async Task ChangeAsync()
    {
        var name = $"{++_changes}";
        if (_contact is null)
        {
            var made = await MutateAsync("mutation($input: CreateContactInput!) { createContact(input: $input) { contact { id } } }", new { email = $"{Guid.CreateVersion7():N}@northwharf.example", firstName = name });
            _contact = made.GetProperty("createContact").GetProperty("contact").GetProperty("id").GetString();
        }
        else
        {
            await MutateAsync("mutation($input: UpdateContactInput!) { updateContact(input: $input) { contact { id } } }", new { id = _contact, firstName = name });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await Server.DisposeAsync();
    }

    private async Task<JsonElement> MutateAsync(string query, object input)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables = new { input } }) };
        request.Headers.Add("X-Api-Key", _key);
        using var response = await Server.Client.SendAsync(request);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return answer.TryGetProperty("errors", out var errors) ? throw new BenchFailure($"A change failed: {errors}") : answer.GetProperty("data");
    }
}
