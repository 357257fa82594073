using System.Net.Http.Headers;
using System.Text;
using GraphQL;
using Lucitra.Graph.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lucitra.Tests.Http.Support;

/// <summary>The transports on Kestrel around a small schema.</summary>
public sealed class GraphQLHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GraphQLHost(WebApplication app, RecordedLogs logs)
    {
        _app = app;
        Logs = logs;
        Address = new(app.Urls.Single());
        Client = new() { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public RecordedLogs Logs { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<GraphQLHost> StartAsync(
        Dictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null,
        string url = "http://127.0.0.1:0",
        string environment = "Test")
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.WebHost.UseUrls(url);
        var logs = new RecordedLogs();
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.Services.AddSingleton<TestEvents>();
        builder.Services.AddGraphQLServer(builder.Configuration);
        builder.Services.AddGraphQL(graphql => graphql.AddAutoSchema<TestQuery>(
            schema => schema.WithMutation<TestMutation>().WithSubscription<TestSubscription>()));
        services?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseResponseCompression();
        app.MapGraphQLServer();
        map?.Invoke(app);
        await app.StartAsync();
        return new(app, logs);
    }

    public Task StopAsync() => _app.StopAsync();

    public async Task<HttpAnswer> PostAsync(string json, string? accept = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(json, Encoding.UTF8) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return await SendAsync(request, accept);
    }

    public async Task<HttpAnswer> GetAsync(string path, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, accept);
    }

    public async Task<HttpAnswer> SendAsync(HttpRequestMessage request, string? accept = null)
    {
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await Client.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return new((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), body, response.Headers);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

public sealed record HttpAnswer(int Status, string? ContentType, string Body, HttpResponseHeaders Headers);
