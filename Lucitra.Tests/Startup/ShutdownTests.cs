using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Lucitra.Graph.Startup;
using Lucitra.Tests.Http.Support;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit.Abstractions;

namespace Lucitra.Tests.Startup;

/// <summary>The server told to stop, as platforms tell it.</summary>
public sealed class ShutdownTests(ITestOutputHelper output)
{
    // Cloud Run kills after ten.
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task On_sigterm_it_turns_unready_first_and_then_finishes_what_it_has()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        await using var server = await LucitraServer.StartAsync(new(LucitraServer.SettingsFor(database))
        {
            ["Shutdown__DrainDelay"] = "00:00:04",
            ["Shutdown__Deadline"] = "00:00:30",
        });
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-Api-Key", LucitraApp.ApiKey);
        using var socket = await SocketClient.ConnectAsync(server.Address, "graphql-transport-ws", [("X-Api-Key", LucitraApp.ApiKey)]);
        await socket.SayAsync("""{"type":"connection_init"}""");
        await socket.HearAsync();
        await socket.SubscribeAsync("1", "subscription { onContactChanged { id } }");
        using var events = await OpenEventStreamAsync(client);
        using var upload = new HeldBack("""{"query":"mutation { createContact(input: { email: \"ada@example.com\" }) { contact { email } errors { __typename } } }"}""");
        var underWay = client.PostAsync("/graphql", upload);
        await upload.HasBegun;

        server.Terminate();
        await Eventually.IsTrueAsync(async () => await StatusAsync(client, "/health/ready") == HttpStatusCode.ServiceUnavailable);
        using (var late = await client.PostAsJsonAsync("/graphql", new { query = "{ __typename }" }))
        {
            Assert.Equal(HttpStatusCode.OK, late.StatusCode);
            Assert.True(late.Headers.ConnectionClose);
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/health/live"));
        Assert.Equal(1012, (await socket.HearCloseAsync()).Code);
        upload.Release();
        using var answer = await underWay;

        Assert.Equal("ada@example.com", (await answer.Content.ReadFromJsonAsync<JsonElement>()).At("data.createContact.contact.email").GetString());
        Assert.DoesNotContain("complete", await events.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await server.WhenEndedAsync());
        Assert.Contains("Told to stop", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_never_ends_does_not_keep_it()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Sqlite);
        await using var server = await LucitraServer.StartAsync(LucitraServer.SettingsFor(database));
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Add("X-Api-Key", LucitraApp.ApiKey);
        using var upload = new HeldBack("{}");
        var underWay = client.PostAsync("/graphql", upload);
        await upload.HasBegun;

        var stopped = Stopwatch.StartNew();
        server.Terminate();

        Assert.Equal(0, await server.WhenEndedAsync());
        output.WriteLine($"Ended {stopped.Elapsed.TotalSeconds:F1} s after SIGTERM");
        upload.Release();
        await Assert.ThrowsAsync<HttpRequestException>(() => underWay);
    }

    [Fact]
    public async Task By_default_all_is_over_before_a_platform_kills()
    {
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite);
        var shutdown = app.Services.GetRequiredService<IOptions<ShutdownOptions>>().Value;
        var host = app.Services.GetRequiredService<IOptions<HostOptions>>().Value;

        Assert.True(shutdown.DrainDelay + host.ShutdownTimeout < _longest);
        Assert.Equal(shutdown.Deadline, shutdown.DrainDelay + host.ShutdownTimeout);
        Assert.True(host.ServicesStopConcurrently);
    }

    [SkippableFact]
    public async Task A_claim_of_a_worker_that_is_told_to_stop_is_another_ones()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        await using var receiver = await LucitraApp.StartAsync(database, new() { ["Lucitra:Roles"] = "Webhooks" });
        await using var worker = await LucitraServer.StartAsync(new(LucitraServer.SettingsFor(database)) { ["Lucitra__Roles"] = "Worker", ["Shutdown__DrainDelay"] = "00:00:00" });
        await using var observer = await receiver.Services.GetRequiredService<IDbContextFactory<Lucitra.Graph.Database.LucitraDbContext>>().CreateDbContextAsync();

        // While the table is locked, the worker stands in the middle of a transaction with its claim.
        await using (var blocking = await observer.Database.BeginTransactionAsync())
        {
            await observer.Database.ExecuteSqlRawAsync("LOCK TABLE record_changes IN SHARE ROW EXCLUSIVE MODE");
            await receiver.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1));
            await Eventually.IsTrueAsync(() => receiver.InDatabaseAsync(db => db.Database.SqlQueryRaw<bool>(
                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS \"Value\"").SingleAsync()));
            worker.Terminate();
            Assert.Equal(0, await worker.WhenEndedAsync());
        }

        Assert.Equal(1, await receiver.InDatabaseAsync(db => db.QueuedMessages.CountAsync()));
        await using var successor = await LucitraApp.StartAsync(database, new() { ["Lucitra:Roles"] = "Worker" });
        await receiver.WhenAppliedAsync();
        Assert.Equal(1, await receiver.InDatabaseAsync(db => db.Contacts.CountAsync()));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    private static async Task<StreamReader> OpenEventStreamAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query = "subscription { onDealChanged { id } }" }) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    /// <summary>A body whose end is sent when the test says so.</summary>
    private sealed class HeldBack : HttpContent
    {
        private readonly byte[] _body;
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldBack(string json)
        {
            _body = System.Text.Encoding.UTF8.GetBytes(json);
            Headers.ContentType = new("application/json");
        }

        public Task HasBegun => _begun.Task;

        public void Release() => _released.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_body.AsMemory(0, 1));
            await stream.FlushAsync();
            _begun.TrySetResult();
            await _released.Task;
            await stream.WriteAsync(_body.AsMemory(1));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _body.Length;
            return true;
        }
    }
}
