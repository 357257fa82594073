using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Lucitra.Benchmarks.Comparison;
using Lucitra.Graph.Analytics;
using Lucitra.Webhooks;

namespace Lucitra.Benchmarks.Subscriptions;

/// <summary>How soon a webhook's change is with its subscribers.</summary>
/// <param name="Rate">Events a second.</param>
/// <param name="Batch">Events in one request.</param>
/// <param name="Listeners">Subscribers who hear each event.</param>
/// <param name="Messages">How many messages they got.</param>
/// <param name="P50">Half of them came within so many milliseconds.</param>
/// <param name="P95">So many of a hundred.</param>
/// <param name="P99">So many of a hundred.</param>
/// <param name="Longest">The last.</param>
/// <param name="CoreShare">How much of one core the server used.</param>
internal sealed record LatencyMeasurement(int Rate, int Batch, int Listeners, int Messages, double P50, double P95, double P99, double Longest, double CoreShare)
{
    private const string Document = "subscription { onContactChanged { firstName } }";
    private const int WarmUpSeconds = 5;

    // Each contact gets its next event long after the last is applied.
    private const int Contacts = 4000;

    public static async Task<LatencyMeasurement> RunAsync(string database, SubscriptionsOptions options, string log)
    {
        await using var audience = await Audience.StartAsync(database, options.Program, log);
        var warmUp = WarmUpSeconds * options.Rate;
        var events = warmUp + options.Seconds * options.Rate;
        var sent = new long[events];
        var latencies = new double[events * options.Listeners];
        var count = -1;
        await audience.OpenAsync(options.Listeners, _ => [Document], message =>
        {
            // A change that no webhook made has no number of one.
            if (NumberIn(message) is { } number && sent[number] is not 0 and var start)
                latencies[Interlocked.Increment(ref count)] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
        await audience.HeardByAllAsync(options.Listeners);

        await SendAsync(audience, options, sent, 0, warmUp);
        count = -1;
        var before = CpuTime.OfTree(audience.Server.ProcessId);
        await SendAsync(audience, options, sent, warmUp, events);
        var share = (CpuTime.OfTree(audience.Server.ProcessId) - before) / options.Seconds;
        List<double> sorted = [.. latencies.Take(count + 1).Order()];
        return new LatencyMeasurement(
            options.Rate, options.Batch, options.Listeners, sorted.Count, Percentile.Of(0.5, sorted), Percentile.Of(0.95, sorted), Percentile.Of(0.99, sorted), sorted[^1], share);
    }

    // Requests leave when their time has come, whether or not those before are answered; the latency counts from that time.
    private static async Task SendAsync(Audience audience, SubscriptionsOptions options, long[] sent, int from, int to)
    {
        audience.Arrivals.Expect((to - from) * options.Listeners);
        var begin = Stopwatch.GetTimestamp();
        var posts = new List<Task>();
        for (var first = from; first < to; first += options.Batch)
        {
            var due = begin + (long)((double)(first - from) / options.Rate * Stopwatch.Frequency);
            while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
                await Task.Delay(early, TimeProvider.System);
            var last = Math.Min(first + options.Batch, to);
            Array.Fill(sent, due, first, last - first);
            posts.Add(PostAsync(audience.Server.Client, first, last));
        }

        await Task.WhenAll(posts);
        await audience.Arrivals.AllAsync();
    }

    private static async Task PostAsync(HttpClient client, int first, int last)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var timestamp = now.ToString(CultureInfo.InvariantCulture);
        var body = JsonSerializer.SerializeToUtf8Bytes(Enumerable.Range(first, last - first).Select(number => new Dictionary<string, object>
        {
            ["eventId"] = number + 1,
            ["subscriptionId"] = 5_200_100,
            ["portalId"] = 21_478_362,
            ["appId"] = 4_411_907,
            ["occurredAt"] = now,
            ["subscriptionType"] = "contact.propertyChange",
            ["attemptNumber"] = 0,
            ["objectId"] = 900_000_000 + number % Contacts,
            ["changeSource"] = "CRM_UI",
            ["propertyName"] = "firstname",
            ["propertyValue"] = $"w{number}",
        }));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhook") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-HubSpot-Request-Timestamp", timestamp);
        request.Headers.Add("X-HubSpot-Signature-v3", HubSpotSignature.SignV3(LucitraProgram.HubSpotSecret, "POST", $"{LucitraProgram.PublicBaseUrl}/webhook", body, timestamp));
        using var answer = await client.SendAsync(request);
        if (!answer.IsSuccessStatusCode)
            throw new BenchFailure($"A webhook was answered {(int)answer.StatusCode}.");
    }

    private static int? NumberIn(ReadOnlySpan<byte> message)
    {
        var before = "\"firstName\":\"w"u8;
        var at = message.IndexOf(before);
        if (at < 0)
            return null;
        var rest = message[(at + before.Length)..];
        return int.Parse(rest[..rest.IndexOf((byte)'"')], CultureInfo.InvariantCulture);
    }
}
