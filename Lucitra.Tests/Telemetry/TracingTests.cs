using System.Net.Http.Json;
using Lucitra.Tests.Http.Support;
using Lucitra.Tests.Support;
using Lucitra.Tests.Telemetry.Otlp;
using Lucitra.Tests.Webhooks.Queue.PubSub;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;

namespace Lucitra.Tests.Telemetry;

/// <summary>One trace from a webhook to those who are told of what it changed, as a collector gets it.</summary>
public sealed class TracingTests
{
    private const int Server = 2;
    private const int Client = 3;
    private const int Producer = 4;
    private const int Consumer = 5;
    private const int Error = 2;

    [SkippableTheory, BothDatabases]
    public async Task A_webhook_is_one_trace_from_its_request_to_its_subscriber(string provider)
    {
        await using var collector = await TelemetryCollector.StartAsync();
        await using var app = await LucitraApp.StartAsync(provider, collector.Settings);

        var spans = await TraceOfADeliveryAsync(app, collector, "queued_messages");

        // Reading the record for the subscriber is a statement of its own.
        var deliver = Assert.Single(spans, span => span.Name == "record_changes deliver");
        Assert.Contains(spans, span => span.Kind == Client && span.Parent() == deliver.Id());
        Assert.Equal(("Contact", "CREATED"), (deliver.Text("lucitra.record.type"), deliver.Text("lucitra.change.kind")));
        Assert.NotEmpty(deliver.Links);
        await AssertOperationsAsync(app, collector);
        await AssertMetricsAsync(collector, provider);

        // A collector that does not answer must not outlast the end of the process.
        Assert.Equal(3_000, app.Services.GetRequiredService<IOptionsMonitor<OtlpExporterOptions>>().CurrentValue.TimeoutMilliseconds);
    }

    [Fact]
    public async Task The_trace_goes_through_pub_sub()
    {
        await using var pubSub = await FakePubSub.StartAsync();
        pubSub.IsQueue = true;
        await using var collector = await TelemetryCollector.StartAsync();
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite, new(pubSub.Settings.Concat(collector.Settings)));

        var spans = await TraceOfADeliveryAsync(app, collector, "lucitra-webhooks");

        Assert.Equal("gcp_pubsub", Assert.Single(spans, span => span.Name == "lucitra-webhooks process").Text("messaging.system"));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_statement_that_fails_does_not_quote_what_it_was_given(string provider)
    {
        const string Email = "grace.hopper@harvard.example";
        await using var collector = await TelemetryCollector.StartAsync();
        await using var app = await LucitraApp.StartAsync(provider, collector.Settings);
        await app.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(provider == TestDatabase.Sqlite
            ? $"CREATE TRIGGER refuse BEFORE INSERT ON contacts BEGIN SELECT RAISE(ABORT, 'refused {Email}'); END"
            : $"""
              CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''refused {Email}''; END';
              CREATE TRIGGER refuse BEFORE INSERT ON contacts FOR EACH ROW EXECUTE FUNCTION refuse()
              """));

        await app.ExecuteAsync($$"""mutation { createContact(input: { email: "{{Email}}" }) { contact { id } } }""");

        var trace = await TraceAsync(app, collector, "POST /graphql", "mutation");
        var failed = Assert.Single(trace, span => span.Kind == Client && span.Status?.Code == Error);
        Assert.Equal("", failed.Status.Message);
        Assert.All(failed.Events, one => Assert.StartsWith("[message withheld]", SpanReading.Text(one.Attributes, "exception.message"), StringComparison.Ordinal));
        Assert.Equal(provider == TestDatabase.Postgres ? 1 : 0, failed.Events.Count);
        Assert.DoesNotContain(Email, collector.Everything, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<List<Span>> TraceOfADeliveryAsync(LucitraApp app, TelemetryCollector collector, string queue)
    {
        using var socket = await SocketClient.ConnectAsync(app.Address, "graphql-transport-ws", ("X-Api-Key", LucitraApp.ApiKey));
        await socket.SayAsync("""{"type":"connection_init"}""");
        await socket.HearAsync();
        await socket.SubscribeAsync("1", "subscription { onContactChanged { id email } }");
        await Eventually.IsTrueAsync(() => Task.FromResult(app.Subscribers == 1));
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1));
        await socket.HearAsync();

        var trace = await TraceAsync(app, collector, "POST webhook", $"{queue} send", $"{queue} process", "record_changes deliver");
        var request = Assert.Single(trace, span => span.Name == "POST webhook");
        var send = Assert.Single(trace, span => span.Name == $"{queue} send");
        var process = Assert.Single(trace, span => span.Name == $"{queue} process");
        var deliver = Assert.Single(trace, span => span.Name == "record_changes deliver");
        Assert.Equal((Server, Producer, Consumer, Consumer), (request.Kind, send.Kind, process.Kind, deliver.Kind));
        Assert.Equal(request.Id(), send.Parent());
        Assert.Equal(send.Id(), process.Parent());
        Assert.Contains(send.Id(), process.LinkedSpans());
        Assert.Equal(process.Id(), deliver.Parent());
        Assert.Contains(trace, span => span.Kind == Client && span.Parent() == process.Id());
        return trace;
    }

    // Tests that run meanwhile trace in the same process: the trace is that of a request to this server.
    private static async Task<List<Span>> TraceAsync(LucitraApp app, TelemetryCollector collector, string request, params string[] names)
    {
        List<Span> trace = [];
        await Eventually.IsTrueAsync(() =>
        {
            var spans = collector.Spans.ToList();
            var ids = spans.Where(span => span.Name.TrimEnd('/') == request && span.Text("server.port") == $"{app.Address.Port}").Select(span => span.Trace()).ToHashSet();
            trace = spans.FindAll(span => ids.Contains(span.Trace()));
            return Task.FromResult(names.All(name => trace.Exists(span => span.Name == name)));
        });
        return trace;
    }

    private static async Task AssertOperationsAsync(LucitraApp app, TelemetryCollector collector)
    {
        using var _ = await app.Client.PostAsJsonAsync("/graphql", new { query = "query Watched { contacts { totalCount } }" });
        Span? query = null;
        await Eventually.IsTrueAsync(() => Task.FromResult((query = collector.Spans.FirstOrDefault(span => span.Text("graphql.operation.name") == "Watched")) is not null));
        Assert.Equal(("query", "query"), (query!.Name, query.Text("graphql.operation.type")));
        Assert.Matches("^sha256:[0-9a-f]{64}$", query.Text("graphql.document.hash"));

        // The connection lasts; its operations are traces of their own.
        Assert.Contains(collector.Spans, span => span is { Name: "subscription", Links.Count: 1 } && span.Parent().Length == 0);
    }

    private static async Task AssertMetricsAsync(TelemetryCollector collector, string provider)
    {
        string[] expected =
        [
            "http.server.request.duration", "lucitra.graphql.operation.duration", "lucitra.graphql.subscriptions", "lucitra.webhook.deliveries",
            "lucitra.webhook.event.lag", "lucitra.webhook.events", "messaging.client.consumed.messages", "messaging.client.sent.messages",
            "messaging.process.duration", .. provider == TestDatabase.Postgres ? ["db.client.operation.duration"] : Array.Empty<string>(),
        ];
        List<string> missing = [];
        await Eventually.IsTrueAsync(
            () => Task.FromResult((missing = [.. expected.Except(collector.Metrics.Select(metric => metric.Name))]) is []), () => $"Not exported: {string.Join(' ', missing)}");
        var duration = collector.Metrics.First(metric => metric.Name == "lucitra.graphql.operation.duration");
        Assert.Equal(("s", 0.001), (duration.Unit, duration.Histogram.DataPoints[0].ExplicitBounds[0]));
    }
}
