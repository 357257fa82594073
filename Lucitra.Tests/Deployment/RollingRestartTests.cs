using System.Diagnostics;
using Lucitra.Graph.Timeline;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace Lucitra.Tests.Deployment;

/// <summary>Two instances behind a load balancer, each replaced in its turn while requests come.</summary>
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task A_rolling_restart_under_load_loses_no_event_and_fails_no_request()
    {
        Skip.IfNot(Nginx.MissingReason is null, Nginx.MissingReason);
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        var folder = await PublishedProgram.FolderAsync();
        var settings = new Dictionary<string, string?>(LucitraServer.SettingsFor(database)) { ["Shutdown__DrainDelay"] = "00:00:03" };
        var starting = new[] { LucitraServer.StartAsync(settings, folder), LucitraServer.StartAsync(settings, folder) };
        var servers = await Task.WhenAll(starting);
        await using var balancer = await ReadinessBalancer.StartAsync([.. servers.Select(server => server.Address)]);
        await using var traffic = await Traffic.BeginAsync(balancer.Address);
        try
        {
            await RestartAllAsync(servers, settings, folder, balancer, traffic);
            await HasLostNothingAsync(database, traffic);
        }
        finally
        {
            await traffic.LeaveAsync();
            foreach (var server in servers)
                await server.DisposeAsync();
        }
    }

    private async Task RestartAllAsync(LucitraServer[] servers, Dictionary<string, string?> settings, string folder, ReadinessBalancer balancer, Traffic traffic)
    {
        await Eventually.IsTrueAsync(() => Task.FromResult(traffic.Answers > 50));

        var restarted = Stopwatch.StartNew();
        for (var i = 0; i < servers.Length; i++)
        {
            servers[i].Terminate();
            Assert.Equal(0, await servers[i].WhenEndedAsync());
            output.WriteLine($"Instance {i + 1} ended {restarted.Elapsed.TotalSeconds:F1} s after the beginning");
            var answers = traffic.Answers;
            await Eventually.IsTrueAsync(() => Task.FromResult(traffic.Answers > answers + 20));
            servers[i] = await LucitraServer.StartAsync(settings, folder, servers[i].Address.Port);
            await balancer.WhenReadyAsync(servers[i].Address);
        }

        output.WriteLine($"Both restarted after {restarted.Elapsed.TotalSeconds:F1} s: {traffic.Answers} requests answered, {traffic.Failures.Count} failed; "
            + $"{traffic.Changes.Count} changes told to a subscriber over {traffic.Connections} connections");
    }

    private static async Task HasLostNothingAsync(TestDatabase database, Traffic traffic)
    {
        await traffic.EndPostsAsync();

        Assert.Empty(traffic.Failures);
        await using var app = await LucitraApp.StartAsync(database, new() { ["Lucitra:Roles"] = "Api" });
        await app.WhenAppliedAsync();
        await app.InDatabaseAsync(async db =>
        {
            await traffic.Webhooks.IsAppliedOnceAsync(db);
            return true;
        });
        var changes = await app.InDatabaseAsync(db => db.RecordChanges.OrderBy(change => change.TransactionId).ThenBy(change => change.Position).ToListAsync());
        await Eventually.IsTrueAsync(() => Task.FromResult(traffic.Changes.Count >= changes.Count));
        Assert.Equal(changes.ConvertAll(change => change.At), traffic.Changes.Select(cursor => ChangePosition.Of("after", cursor)));
        Assert.True(traffic.Connections > 1);
    }
}
