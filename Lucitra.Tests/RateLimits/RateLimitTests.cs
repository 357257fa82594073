using System.Globalization;
using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Http.Sockets;
using Lucitra.Graph.RateLimits;
using Lucitra.Tests.Http.Support;
using Lucitra.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Lucitra.Tests.RateLimits;

public sealed class RateLimitTests
{
    private const string Query = "{ contacts(first: 1) { nodes { id } } }";

    // What comes back within a test, on a slow machine too, is less than what a loop asks for.
    private const int Tries = 40;

    [Fact]
    public async Task A_caller_over_its_requests_hears_when_to_come_back()
    {
        await using var app = await StartAsync("CallerRequestsPerMinute", 5);
        var first = await app.GetAsync("/api/v1/contacts");
        Assert.Equal("\"caller\";q=5;w=60, \"cost\";q=600000;w=60;qu=\"graphql-cost\", \"address\";q=12000;w=60", Header(first.Headers, "RateLimit-Policy"));
        Assert.Matches("^\"caller\";r=4;t=12, \"cost\";r=[0-9]+;t=[0-9]+, \"address\";r=1(1999|2000);t=[01]$", Header(first.Headers, "RateLimit"));

        var refused = await UntilRefusedAsync(() => app.GetAsync("/api/v1/contacts"), answer => answer.Status == 429);
        Assert.Equal("LUCITRA_RATE_LIMITED", refused.Problem());
        Assert.InRange(int.Parse(Header(refused.Headers, "Retry-After"), CultureInfo.InvariantCulture), 1, 12);
        Assert.Contains("RateLimits:CallerRequestsPerMinute allows 5", refused.Body.Text("detail"), StringComparison.Ordinal);

        var graph = await UntilRefusedAsync(() => PostAsync(app), answer => answer.Status == 429);
        Assert.Equal(("LUCITRA_RATE_LIMITED", "caller"), (graph.Body.Text("errors.0.extensions.code"), graph.Body.Text("errors.0.extensions.limit")));
        Assert.InRange(graph.Body.At("errors.0.extensions.retryAfter").GetInt32(), 1, 12);

        // Who cannot be limited is not.
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 501));
        using var stranger = new HttpClient { BaseAddress = app.Address };
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/contacts")).StatusCode);
    }

    [Fact]
    public async Task An_address_over_its_requests_is_refused_before_its_credentials_are_looked_at()
    {
        await using var app = await StartAsync("AddressRequestsPerMinute", 3);
        using var stranger = new HttpClient { BaseAddress = app.Address };

        var refused = await UntilRefusedAsync(async () => await RestCalls.ReadAsync(await stranger.GetAsync("/api/v1/contacts")), answer => answer.Status == 429);
        Assert.Equal("LUCITRA_RATE_LIMITED", refused.Problem());
        Assert.DoesNotContain("caller", Header(refused.Headers, "RateLimit"), StringComparison.Ordinal);
        foreach (var path in new[] { "/health", "/openapi/v1.json", "/docs/", "/graphql/bcp-config.json" })
            Assert.Equal(200, (int)(await stranger.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task Operations_are_counted_by_cost_in_batches_too()
    {
        await using var app = await LucitraApp.StartAsync(
            TestDatabase.Sqlite, new() { ["RateLimits:CallerCostPerMinute"] = "100", ["GraphQL:Cost:MaxFieldCost"] = "100" });

        var cost = (await app.ExecuteAsync(Query)).GetProperty("data");
        Assert.Equal(JsonValueKind.Object, cost.ValueKind);
        var refused = await UntilRefusedAsync(() => PostAsync(app), answer => answer.Status == 429);
        Assert.Equal("cost", refused.Body.Text("errors.0.extensions.limit"));
        Assert.InRange(int.Parse(Header(refused.Headers, "Retry-After"), CultureInfo.InvariantCulture), 1, 60);

        var batch = await app.SendAsync(HttpMethod.Post, "/graphql", Enumerable.Repeat(new { query = Query }, 15));
        Assert.Contains("LUCITRA_RATE_LIMITED", batch.Body.GetRawText(), StringComparison.Ordinal);
        var rest = await UntilRefusedAsync(() => app.GetAsync("/api/v1/contacts?first=100"), answer => answer.Status == 429);
        Assert.Equal(("LUCITRA_RATE_LIMITED", "cost"), (rest.Problem(), rest.Body.Text("limit")));
    }

    [Fact]
    public async Task Operations_of_a_socket_count_as_requests()
    {
        ConnectionAuthenticator authenticate = (context, _, _) =>
        {
            context.User = Known("user:1", "Ada");
            return ValueTask.FromResult(true);
        };
        await using var host = await GraphQLHost.StartAsync(
            new() { ["RateLimits:CallerRequestsPerMinute"] = "1" }, services => services.AddSingleton(authenticate));
        using var client = await SocketClient.OpenAsync(host);

        await client.SubscribeAsync("first", "{ hello }");
        Assert.Contains("world", await client.HearAsync(), StringComparison.Ordinal);
        Assert.Contains("complete", await client.HearAsync(), StringComparison.Ordinal);
        await client.SubscribeAsync("second", "{ hello }");
        var refused = JsonElement.Parse((await client.HearAsync())!);
        Assert.Equal(("error", "second", "LUCITRA_RATE_LIMITED"), (refused.Text("type"), refused.Text("id"), refused.Text("payload.0.extensions.code")));
    }

    [Fact]
    public async Task Without_limits_nothing_is_said_of_them()
    {
        await using var app = await LucitraApp.StartAsync(
            TestDatabase.Sqlite, new() { ["RateLimits:Enabled"] = "false", ["RateLimits:CallerRequestsPerMinute"] = "1" });
        for (var tries = 0; tries < 3; tries++)
        {
            var answer = await app.GetAsync("/api/v1/contacts");
            Assert.Equal((200, false), (answer.Status, answer.Headers.Contains("RateLimit")));
        }
    }

    [Fact]
    public async Task A_limit_under_which_an_allowed_operation_could_never_run_stops_the_start()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync("CallerCostPerMinute", 4999));
        Assert.Contains("GraphQL:Cost:MaxFieldCost", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Addresses_of_one_subnet_and_callers_by_subject_share_a_limit()
    {
        var options = new RateLimitOptions { AddressRequestsPerMinute = 1, CallerRequestsPerMinute = 1 };
        var limiter = new RateLimiter(Options.Create(options), new FakeTimeProvider());

        Assert.Null(limiter.TakeAddress(IPAddress.Parse("2001:db8:1:2::1")));
        Assert.NotNull(limiter.TakeAddress(IPAddress.Parse("2001:db8:1:2:ffff::9")));
        Assert.Null(limiter.TakeAddress(IPAddress.Parse("2001:db8:1:3::1")));
        Assert.Null(limiter.TakeAddress(IPAddress.Parse("10.0.0.1")));
        Assert.NotNull(limiter.TakeAddress(IPAddress.Parse("::ffff:10.0.0.1")));
        Assert.Null(limiter.TakeAddress(IPAddress.Parse("10.0.0.2")));

        Assert.Null(limiter.TakeRequest(Known("user:1", "Ada")));
        Assert.NotNull(limiter.TakeRequest(Known("user:1", "Renamed")));
        Assert.Null(limiter.TakeRequest(Known("user:2", "Ada")));
        var stranger = new ClaimsPrincipal(new ClaimsIdentity());
        Assert.Null(limiter.TakeRequest(stranger));
        Assert.Null(limiter.TakeRequest(stranger));
    }

    private static ClaimsPrincipal Known(string subject, string name) => new(new CallerIdentity(CallerKind.User, subject, name, Scopes.All, CallerCredential.Setting));

    private static Task<LucitraApp> StartAsync(string setting, int value) =>
        LucitraApp.StartAsync(TestDatabase.Sqlite, new() { [$"RateLimits:{setting}"] = $"{value}" });

    private static Task<RestAnswer> PostAsync(LucitraApp app) => app.SendAsync(HttpMethod.Post, "/graphql", new { query = Query });

    private static async Task<RestAnswer> UntilRefusedAsync(Func<Task<RestAnswer>> ask, Func<RestAnswer, bool> isRefused)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            if (await ask() is var answer && isRefused(answer))
                return answer;
        }

        throw new InvalidOperationException($"Nothing was refused in {Tries} requests.");
    }

    private static string Header(System.Net.Http.Headers.HttpResponseHeaders headers, string name) => headers.GetValues(name).Single();
}
