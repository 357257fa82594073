using System.Net.Http.Json;
using System.Text.Json;
using Lucitra.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Lucitra.Tests.Telemetry;

/// <summary>All that a server in Production says of itself while it handles a person's data, and meets faults that quote it.</summary>
public sealed class EmittedDataTests
{
    private const string Email = "ada.lovelace@analytical-engine.example";
    private const string Name = "Augusta Ada Byron-Lovelace";
    private const string Token = "pat-eu1-5f1c9c3e-secret-of-a-person";

    private static readonly string[] _secrets =
        [Email, "ada.lovelace", Name, "Byron", Token, LucitraApp.ApiKey, LucitraApp.ClientSecret, "no_such_page"];

    [Fact]
    public async Task Logs_traces_metrics_and_error_reports_hold_no_personal_data()
    {
        await using var collector = await TelemetryCollector.StartAsync();
        await using var metadata = await FakeMetadataServer.StartAsync();
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        await RefuseContactsAsync(database);
        await using var server = await LucitraServer.StartAsync(new(LucitraServer.SettingsFor(database).Concat(collector.Settings))
        {
            ["K_SERVICE"] = "lucitra-api",
            ["GOOGLE_CLOUD_PROJECT"] = "project",
            ["GCE_METADATA_HOST"] = metadata.Host,
            ["Telemetry__GoogleCredentials"] = "true",
            ["Sentry__Dsn"] = collector.SentryDsn,
            ["Webhooks__Worker__MaxAttempts"] = "1",
        });

        await HandleAsync(server);
        await Eventually.IsTrueAsync(() => Task.FromResult(
            collector.Envelopes.Count() >= 2 && collector.Spans.Any(span => span.Name == "mutation") && collector.Spans.Any(span => span.Name == "queued_messages process")
            && collector.Metrics.Any(metric => metric.Name == "lucitra.webhook.dead_letters")));

        var entries = server.Output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonElement.Parse(line)).ToList();
        AssertRequests(entries);
        AssertFault(entries, collector);
        Assert.Equal($"Bearer {FakeMetadataServer.Token}", Assert.Single(collector.Authorizations.Distinct()));
        Assert.Equal("lucitra-api", SpanReading.Text(collector.Resources.First().Attributes, "service.name"));
        Assert.DoesNotContain(collector.Spans, span => span.Name.Contains("health", StringComparison.Ordinal));
        foreach (var secret in _secrets)
        {
            Assert.DoesNotContain(secret, server.Output, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, collector.Everything, StringComparison.OrdinalIgnoreCase);
        }
    }

    // The way a database quotes what it refuses.
    private static async Task RefuseContactsAsync(TestDatabase database)
    {
        await using var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new SqliteCommand(
            $"CREATE TRIGGER refuse BEFORE INSERT ON contacts WHEN NEW.email IS NOT NULL BEGIN SELECT RAISE(ABORT, 'refused {Name} with {Email} and {Token}'); END",
            connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task HandleAsync(LucitraServer server)
    {
        using var hubSpot = new HubSpotDriver(server.Address);
        await hubSpot.DeliverAsync(
            HubSpotFact.Changed("contact", 1, "email", Email), HubSpotFact.Changed("contact", 1, "firstname", Name), HubSpotFact.Changed("contact", 1, "api_token", Token));

        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-Api-Key", LucitraApp.ApiKey);
        using var created = await client.PostAsJsonAsync("/graphql", new
        {
            query = "mutation Create($email: String!, $name: String) { createContact(input: { email: $email, firstName: $name }) { contact { id } } }",
            variables = new { email = Email, name = Name },
        });
        Assert.Contains("Unexpected Execution Error", await created.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var address in new[]
        {
            $"/graphql?query={Uri.EscapeDataString($"{{ contactByEmail(email: \"{Email}\") {{ id }} }}")}",
            $"/api/v1/contacts?where={Uri.EscapeDataString(JsonSerializer.Serialize(new { email = new { eq = Email } }))}",
            $"/api/v1/contacts/{Email}",
            $"/no_such_page/{Email}?token={Token}",
        })
        {
            using var _ = await client.GetAsync(new Uri(address, UriKind.Relative));
        }
    }

    private static void AssertRequests(List<JsonElement> entries)
    {
        var requests = entries.Where(entry => entry.TryGetProperty("httpRequest", out _)).Select(entry => entry.GetProperty("httpRequest")).ToList();
        Assert.DoesNotContain(requests, request => request.GetProperty("requestUrl").GetString()!.StartsWith("/health", StringComparison.Ordinal));
        Assert.Equal(
            ["POST /webhook 204", "POST /graphql 200", "GET /graphql 200", "GET /api/v1/contacts 200", "GET /api/v1/contacts/{id} 400", "GET (no route) 404"],
            requests.Select(request => $"{request.GetProperty("requestMethod")} {request.GetProperty("requestUrl")} {request.GetProperty("status")}"));
        Assert.All(requests, request => Assert.Matches("^[0-9]+(\\.[0-9]+)?s$", request.GetProperty("latency").GetString()));
    }

    private static void AssertFault(List<JsonElement> entries, TelemetryCollector collector)
    {
        var fault = Assert.Single(entries, entry => entry.GetProperty("message").GetString()!.StartsWith("GraphQL operation failed", StringComparison.Ordinal));
        Assert.Equal("ERROR", fault.GetProperty("severity").GetString());
        Assert.EndsWith("ReportedErrorEvent", fault.GetProperty("@type").GetString(), StringComparison.Ordinal);
        Assert.Equal("lucitra-api", fault.GetProperty("serviceContext").GetProperty("service").GetString());
        Assert.Contains("Microsoft.Data.Sqlite.SqliteException", fault.GetProperty("stack_trace").GetString(), StringComparison.Ordinal);

        // Log, span and report lead to each other.
        var mutation = collector.Spans.Single(span => span.Name == "mutation");
        Assert.Equal($"projects/project/traces/{mutation.Trace()}", fault.GetProperty("logging.googleapis.com/trace").GetString());
        Assert.Equal(mutation.Id(), fault.GetProperty("logging.googleapis.com/spanId").GetString());
        var report = Assert.Single(collector.Envelopes, envelope => envelope.Contains("GraphQL operation failed", StringComparison.Ordinal));
        Assert.Contains(mutation.Trace(), report, StringComparison.Ordinal);
        Assert.Contains("SqliteException", report, StringComparison.Ordinal);
        Assert.Contains("\"stacktrace\"", report, StringComparison.Ordinal);
    }
}
