using System.Net.Http.Json;
using System.Text.Json;
using Lucitra.Graph.Database;
using Lucitra.Graph.Timeline;
using Lucitra.Webhooks.Inbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lucitra.Tests.Support;

/// <summary>The whole server in this process, on a port and a database of its own.</summary>
internal sealed class LucitraApp : IAsyncDisposable
{
    public const string ApiKey = "lucitra_test_0123456789abcdef";
    public const string ClientSecret = "9f1c7a52-0b6e-4d0e-8c11-2f8f2b7d6a90";
    public const string PublicBaseUrl = "https://hooks.example";

    private readonly WebApplication _app;
    private readonly TestDatabase? _ownDatabase;

    private LucitraApp(WebApplication app, TestDatabase database, bool ownsDatabase, ErrorLog errors)
    {
        (_app, _ownDatabase, Database, Errors) = (app, ownsDatabase ? database : null, database, errors);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new HttpClient { BaseAddress = Address };
        Client.DefaultRequestHeaders.Add("X-Api-Key", ApiKey);
        HubSpot = new HubSpotDriver(Address);
    }

    public Uri Address { get; }

    /// <summary>Sends the API key.</summary>
    public HttpClient Client { get; }

    /// <summary>Posts signed webhooks.</summary>
    public HubSpotDriver HubSpot { get; }

    /// <summary>What was logged as an error.</summary>
    public ErrorLog Errors { get; }

    public TestDatabase Database { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>How many subscriptions to changes are open.</summary>
    public int Subscribers => Services.GetRequiredService<ChangeFeed>().Subscribers;

    /// <summary>Starts on a fresh database.</summary>
    public static async Task<LucitraApp> StartAsync(
        string provider, Dictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? configure = null, string environment = "Test")
    {
        var database = await TestDatabase.CreateAsync(provider);
        return await StartAsync(database, ownsDatabase: true, settings, configure, environment);
    }

    /// <summary>Starts on a database that others use too, or that outlives the server.</summary>
    public static Task<LucitraApp> StartAsync(
        TestDatabase database, Dictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? configure = null) =>
        StartAsync(database, ownsDatabase: false, settings, configure, "Test");

    /// <summary>Runs an operation and gives its data; fails the test on GraphQL errors.</summary>
    public async Task<JsonElement> QueryAsync(string query, object? variables = null)
    {
        var response = await ExecuteAsync(query, variables);
        Assert.False(response.TryGetProperty("errors", out var errors), $"{errors}\n{string.Join('\n', Errors.Errors)}");
        return response.GetProperty("data");
    }

    /// <summary>Runs an operation and gives the whole answer.</summary>
    public async Task<JsonElement> ExecuteAsync(string query, object? variables = null)
    {
        using var response = await Client.PostAsJsonAsync("/graphql", new { query, variables });
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Runs a query on the database itself.</summary>
    public async Task<T> InDatabaseAsync<T>(Func<LucitraDbContext, Task<T>> query)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<LucitraDbContext>>().CreateDbContextAsync();
        return await query(db);
    }

    /// <summary>Waits until every accepted delivery is applied and nothing waits for another attempt.</summary>
    public Task WhenAppliedAsync() => Eventually.IsTrueAsync(() => InDatabaseAsync(async db =>
        !await db.QueuedMessages.AnyAsync() && !await db.WebhookEvents.AnyAsync(row => row.Status == WebhookEventStatus.Received)));

    /// <summary>Stops serving, as on SIGTERM.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        HubSpot.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownDatabase is not null)
            await _ownDatabase.DisposeAsync();
    }

    private static async Task<LucitraApp> StartAsync(
        TestDatabase database, bool ownsDatabase, Dictionary<string, string?>? settings, Action<WebApplicationBuilder>? configure, string environment)
    {
        var errors = new ErrorLog();
        var app = Program.Build(["--environment", environment, "--urls", "http://127.0.0.1:0"], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Database:Provider"] = database.Provider,
                ["ConnectionStrings:Lucitra"] = database.ConnectionString,
                ["HubSpot:ClientSecret"] = ClientSecret,
                ["HubSpot:PublicBaseUrl"] = PublicBaseUrl,
                ["Auth:ApiKey"] = ApiKey,
            });
            builder.Configuration.AddInMemoryCollection(settings ?? []);
            builder.Logging.ClearProviders().AddProvider(errors);
            configure?.Invoke(builder);
        });
        await app.StartAsync();
        return new LucitraApp(app, database, ownsDatabase, errors);
    }
}
