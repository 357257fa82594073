using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lucitra.Tests.Support;
using Lucitra.Webhooks.Inbox;
using Lucitra.Webhooks.Queue.PubSub;
using Microsoft.Data.Sqlite;

namespace Lucitra.Tests.Webhooks.Queue.PubSub;

/// <summary>Deliveries that Pub/Sub posts to the worker.</summary>
public sealed class PushTests
{
    private const string Audience = "https://worker.example";
    private const string Account = "push@project.iam.gserviceaccount.com";

    [SkippableTheory, BothDatabases]
    public async Task A_delivery_through_the_emulator_becomes_a_contact(string database)
    {
        using var project = PubSubProject.At((await PubSubEmulator.StartedAsync()).Host);
        await using var app = await LucitraApp.StartAsync(
            database, new(project.Settings) { ["Queue:PubSub:Consume"] = "Push", ["Queue:PubSub:Push:TrustIngress"] = "true" });
        await project.SetUpAsync($"{app.Address}{PubSubModule.PushPath.TrimStart('/')}");
        try
        {
            await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1), HubSpotFact.Changed("contact", 1, "firstname", "Ada"));
            await StreamingPullTests.WhenStoredAsync(app, 2);

            Assert.Equal("Ada", (await app.ContactAsync(1)).FirstName);
            Assert.Contains(app.Errors.All, line => line.Contains("TrustIngress", StringComparison.Ordinal));
        }
        finally
        {
            await project.DeleteSubscriptionAsync();
        }
    }

    [Theory]
    [InlineData("good", HttpStatusCode.NoContent)]
    [InlineData("missing", HttpStatusCode.Unauthorized)]
    [InlineData("garbage", HttpStatusCode.Unauthorized)]
    [InlineData("expired", HttpStatusCode.Unauthorized)]
    [InlineData("of another audience", HttpStatusCode.Unauthorized)]
    [InlineData("of another issuer", HttpStatusCode.Unauthorized)]
    [InlineData("signed by somebody else", HttpStatusCode.Unauthorized)]
    [InlineData("without signature", HttpStatusCode.Unauthorized)]
    [InlineData("of another account", HttpStatusCode.Forbidden)]
    [InlineData("unverified", HttpStatusCode.Forbidden)]
    public async Task A_post_is_taken_only_with_googles_token_for_the_account(string kind, HttpStatusCode expected)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        using var foreign = RSA.Create(2048);
        var token = kind switch
        {
            "missing" => null,
            "garbage" => "a.b.c",
            "expired" => issuer.Token(Audience, Account, expiresInSeconds: -60),
            "of another audience" => issuer.Token("https://other.example", Account),
            "of another issuer" => issuer.Token(Audience, Account, issuer: "https://example.com"),
            "signed by somebody else" => issuer.Token(Audience, Account, key: foreign),
            "without signature" => $"{issuer.Token(Audience, Account)[..^40]}SIGNATURE_REMOVED_BY_GOOGLE",
            "of another account" => issuer.Token(Audience, "other@project.iam.gserviceaccount.com"),
            "unverified" => issuer.Token(Audience, Account, isVerified: false),
            _ => issuer.Token(Audience, Account),
        };

        using var response = await PostAsync(app, token, Envelope("[{}]"));

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.Equal(expected == HttpStatusCode.NoContent ? 1 : 0, (await app.EventsAsync()).Count);
        Assert.All(app.Errors.All, line => Assert.DoesNotContain("gserviceaccount", line, StringComparison.Ordinal));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_message_posted_twice_is_applied_once(string database)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await StartAsync(issuer, database);
        var body = Envelope(JsonSerializer.Serialize(new[] { HubSpotFact.Created("contact", 1).ToJson() }), """, "orderingKey": "1", "messageId": "9", "message_id": "9", "publishTime": "2026-10-05T08:30:00.123456789Z", "attributes": {"receivedAt": "yesterday"}""");

        for (var delivery = 0; delivery < 2; delivery++)
        {
            using var response = await PostAsync(app, issuer.Token(Audience, Account), body);
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        }

        var row = Assert.Single(await app.EventsAsync());
        Assert.Equal((WebhookEventStatus.Applied, new DateTime(2026, 10, 5, 8, 30, 0, 123, 456, DateTimeKind.Utc)), (row.Status, row.ReceivedAt));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_message_that_holds_no_events_is_dead_and_does_not_come_again(string database)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await StartAsync(issuer, database);

        foreach (var body in new[] { Envelope("no JSON"), Envelope(""), """{"message":{"attributes":{"a":"b"}}}""" })
        {
            using var response = await PostAsync(app, issuer.Token(Audience, Account), body);
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        }

        // Two are empty, and so one fact.
        Assert.Equal(2, (await app.EventsAsync()).Count(row => row.Status == WebhookEventStatus.Dead));
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("""{"message":{"data":"%"}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"message":{"data":"W10="}""", HttpStatusCode.BadRequest)]
    [InlineData(null, HttpStatusCode.RequestEntityTooLarge)]
    public async Task What_is_no_message_is_refused_and_logged(string? body, HttpStatusCode expected)
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await StartAsync(issuer);

        using var response = await PostAsync(app, issuer.Token(Audience, Account), body ?? new string(' ', 17 * 1024 * 1024));

        Assert.Equal(expected, response.StatusCode);
        Assert.Contains(app.Errors.Errors, line => line.Contains("Refused a post", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_the_database_is_locked_a_post_is_to_come_again()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        await using (var other = new SqliteConnection($"{app.Database.ConnectionString};Pooling=False"))
        {
            await other.OpenAsync();
            await using var command = new SqliteCommand("BEGIN EXCLUSIVE", other);
            await command.ExecuteNonQueryAsync();
            using var refused = await PostAsync(app, issuer.Token(Audience, Account), Envelope("[{}]"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        using var response = await PostAsync(app, issuer.Token(Audience, Account), Envelope("[{}]"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Single(await app.EventsAsync());
    }

    [Fact]
    public async Task While_the_keys_cannot_be_had_a_post_is_to_come_again()
    {
        var issuer = await TokenIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var token = issuer.Token(Audience, Account);
        await issuer.DisposeAsync();

        using var response = await PostAsync(app, token, Envelope("[{}]"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Empty(await app.EventsAsync());
    }

    [Fact]
    public async Task A_worker_that_pulls_has_no_push_endpoint()
    {
        await using var pubSub = await FakePubSub.StartAsync();
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite, pubSub.Settings);

        using var response = await PostAsync(app, token: null, Envelope("[{}]"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static string Envelope(string data, string more = "") =>
        $$$"""{"subscription":"projects/p/subscriptions/s","message":{"data":"{{{Convert.ToBase64String(Encoding.UTF8.GetBytes(data))}}}"{{{more}}} }}""";

    private static async Task<HttpResponseMessage> PostAsync(LucitraApp app, string? token, string body)
    {
        using var client = new HttpClient { BaseAddress = app.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, PubSubModule.PushPath) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.SendAsync(request);
    }

    private static Task<LucitraApp> StartAsync(TokenIssuer issuer, string database = TestDatabase.Sqlite) => LucitraApp.StartAsync(database, new()
    {
        ["PUBSUB_EMULATOR_HOST"] = "127.0.0.1:1",
        ["Queue:Provider"] = "PubSub",
        ["Queue:PubSub:ProjectId"] = "project",
        ["Queue:PubSub:AckDeadline"] = "00:00:10",
        ["Queue:PubSub:Consume"] = "Push",
        ["Queue:PubSub:Push:Audience"] = Audience,
        ["Queue:PubSub:Push:ServiceAccountEmail"] = Account,
        ["Queue:PubSub:Push:CertificatesUrl"] = issuer.CertificatesUrl,
    });
}
