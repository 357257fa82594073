using System.Net.Http.Json;
using System.Text.Json;
using Lucitra.Tests.Support;

namespace Lucitra.Tests.Twin;

/// <summary>
/// Callers of the server who write to its records while users write to HubSpot's: the same seed wants the same things. What a
/// server that is just being killed does not answer is nobody's loss but theirs.
/// </summary>
internal sealed class CallersAtWork : IDisposable
{
    private readonly Random _random;
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly List<string> _contacts = [];
    private readonly List<string> _deals = [];
    private int _wishes;

    public CallersAtWork(int seed)
    {
        _random = new Random(seed);
        _client.DefaultRequestHeaders.Add("X-Api-Key", LucitraApp.ApiKey);
    }

    /// <summary>Writes that were answered without errors.</summary>
    public int Writes { get; private set; }

    /// <summary>The server that is there at the moment.</summary>
    public Uri? Server { get; set; }

    /// <summary>Writes until it is told to stop.</summary>
    public async Task RunAsync(TimeSpan pause, Task until)
    {
        while (!until.IsCompleted)
        {
            try
            {
                if (Server is { } address)
                    await WriteAsync(new Uri(address, "/graphql"));
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or JsonException)
            {
                // The server is away, and its caller goes on.
            }

            await Task.WhenAny(until, Task.Delay(pause));
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task WriteAsync(Uri address)
    {
        var wish = ++_wishes;
        if (wish % 20 == 1)
            await LookAsync(address);
        var (mutation, input) = (_random.Next(12), Any(_contacts), Any(_deals)) switch
        {
            (0 or 1, _, _) => ("createContact", (object)new { email = $"caller{wish}@callers.example", firstName = $"Caller {wish}" }),
            (2, { } contact, _) => ("createDeal", new { name = $"Written here {wish}", amount = wish, contactId = contact }),
            (3, _, _) => ("createDeal", new { name = $"Written here {wish}", amount = wish }),
            (4 or 5 or 6, { } contact, _) => ("updateContact", new { id = contact, phone = $"{_random.Next(1000)}", company = $"Company {_random.Next(5)}" }),
            (7, { } contact, _) => ("updateContact", new { id = contact, lifecycleStage = _random.Next(2) == 0 ? "lead" : "customer" }),
            (8, _, { } deal) => ("moveDealToStage", new { id = deal, stageId = _random.Next(2) == 0 ? "contractsent" : "closedwon", pipelineId = "default" }),
            (9, { } contact, { } deal) => ("linkContactToDeal", new { dealId = deal, contactId = contact }),
            (10, { } contact, { } deal) => ("unlinkContactFromDeal", new { dealId = deal, contactId = contact }),
            (11, { } contact, _) when wish % 5 == 0 => ("archiveContact", new { id = contact }),
            (_, _, { } deal) => ("updateDeal", new { id = deal, amount = _random.Next(10_000) }),
            _ => ("createContact", new { email = $"caller{wish}@callers.example" }),
        };
        var type = mutation.Contains("Deal", StringComparison.Ordinal) ? "deal" : "contact";
        var answer = await PostAsync(address, $"mutation($input: {char.ToUpperInvariant(mutation[0])}{mutation[1..]}Input!) {{ {mutation}(input: $input) {{ {type} {{ id }} errors {{ __typename }} }} }}", new { input });
        if (answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object && data.At($"{mutation}.{type}").ValueKind == JsonValueKind.Object)
        {
            Writes++;
            (type == "deal" ? _deals : _contacts).Add(data.Text($"{mutation}.{type}.id")!);
        }
    }

    // Records that users have made.
    private async Task LookAsync(Uri address)
    {
        var answer = await PostAsync(address, "{ contacts(first: 50, order: [{ updatedAt: DESC }]) { nodes { id } } deals(first: 50, order: [{ updatedAt: DESC }]) { nodes { id } } }", null);

        // Where the database goes away in between, a field is null.
        if (answer.TryGetProperty("errors", out _) || !answer.TryGetProperty("data", out var data))
            return;
        _contacts.AddRange(data.Texts("contacts.nodes", "id").OfType<string>());
        _deals.AddRange(data.Texts("deals.nodes", "id").OfType<string>());
    }

    private async Task<JsonElement> PostAsync(Uri address, string query, object? variables)
    {
        using var response = await _client.PostAsJsonAsync(address, new { query, variables });
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private string? Any(List<string> ids) => ids.Count == 0 ? null : ids[_random.Next(ids.Count)];
}
