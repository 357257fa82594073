using Lucitra.Tests.Support;
using Lucitra.Webhooks.Queue.PubSub;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace Lucitra.Tests.Webhooks.Queue.PubSub;

/// <summary>Processes killed in mid-burst: what was acknowledged is applied exactly once.</summary>
public sealed class PubSubKillTests(ITestOutputHelper output)
{
    private const int ServerKills = 3;
    private const int EmulatorKills = 3;

    [SkippableTheory, BothDatabases]
    public async Task What_was_acknowledged_and_is_pushed_survives_kill_9_of_the_server(string provider)
    {
        using var project = await PubSubProject.CreateAsync();
        try
        {
            await SurvivesKillsAsync(
                provider,
                new(project.Settings) { ["Queue:PubSub:Consume"] = "Push", ["Queue:PubSub:Push:TrustIngress"] = "true" },
                server => project.SetUpAsync(new Uri(server, PubSubModule.PushPath).AbsoluteUri));
        }
        finally
        {
            await project.DeleteSubscriptionAsync();
        }
    }

    /// <summary>
    /// The emulator goes on sending to the streams of a process that was killed, and so it is played here by a queue that sends
    /// again what belonged to them.
    /// </summary>
    [SkippableTheory, BothDatabases]
    public async Task What_was_acknowledged_and_is_pulled_survives_kill_9_of_the_server(string provider)
    {
        await using var pubSub = await FakePubSub.StartAsync();
        pubSub.IsQueue = true;
        await SurvivesKillsAsync(provider, pubSub.Settings, _ => Task.CompletedTask);
    }

    /// <summary>
    /// The emulator keeps messages in memory: what it acknowledged and had not delivered dies with it, as nothing does in the
    /// service it stands for. So it is killed while posts are under way, after everything from before them is stored, and what
    /// it acknowledged in between counts as not acknowledged.
    /// </summary>
    [SkippableTheory, BothDatabases]
    public async Task What_was_acknowledged_survives_kills_of_the_emulator_while_deliveries_come(string provider)
    {
        await using var emulator = await PubSubEmulator.NewAsync();
        using var project = PubSubProject.At(emulator.Host);
        await project.SetUpAsync();
        await using var app = await LucitraApp.StartAsync(provider, project.Settings);
        var burst = new BurstOfChanges();
        for (var kill = 0; kill < EmulatorKills; kill++)
        {
            await PostAsync(app.Address, burst, 300);
            await Eventually.IsTrueAsync(() => app.InDatabaseAsync(burst.IsStoredAsync));
            var stored = burst.Acknowledged;

            var posting = burst.PostAsync(app.Address, CancellationToken.None);
            await Eventually.IsTrueAsync(() => Task.FromResult(burst.Acknowledged > stored + 100));
            await emulator.KillAsync();
            await posting;
            output.WriteLine($"{provider}: kill {kill + 1} after {stored} stored events, {burst.Acknowledged - stored} more in doubt, {burst.Unacknowledged} batches refused");
            burst.DoubtAfter(stored);

            await emulator.StartAsync();
            await project.SetUpAsync();
        }

        await IsAppliedOnceAsync(app, burst);
    }

    [SkippableFact]
    public async Task Several_workers_apply_every_event_once()
    {
        await using var database = await TestDatabase.CreateAsync(TestDatabase.Postgres);
        using var project = await PubSubProject.CreateAsync();
        await using var app = await LucitraApp.StartAsync(database, project.Settings);
        await using var second = await LucitraApp.StartAsync(database, new(project.Settings) { ["Lucitra:Roles"] = "Worker" });
        await using var third = await LucitraApp.StartAsync(database, new(project.Settings) { ["Lucitra:Roles"] = "Worker" });
        var burst = new BurstOfChanges();

        await PostAsync(app.Address, burst, 2_000);
        await IsAppliedOnceAsync(app, burst);

        Assert.All([app, second, third], one => Assert.Empty(one.Errors.Errors));
    }

    private async Task SurvivesKillsAsync(string provider, Dictionary<string, string?> settings, Func<Uri, Task> startedAsync)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var observer = await LucitraApp.StartAsync(database, new() { ["Lucitra:Roles"] = "Api" });
        var burst = new BurstOfChanges();
        for (var kill = 0; kill < ServerKills; kill++)
        {
            var stored = await StoredAsync();
            await using var server = await LucitraServer.StartAsync(PubSubProject.Environment(LucitraServer.SettingsFor(database), settings));
            await startedAsync(server.Address);
            await PostAsync(server.Address, burst, 50);
            await Eventually.IsTrueAsync(async () => await StoredAsync() > stored);

            // By now it applies what comes, and is interrupted at it.
            using var stop = new CancellationTokenSource();
            var enough = burst.Acknowledged + Random.Shared.Next(100, 400);
            var posting = burst.PostAsync(server.Address, stop.Token);
            await Eventually.IsTrueAsync(() => Task.FromResult(burst.Acknowledged >= enough));
            await server.KillAsync();
            await stop.CancelAsync();
            await posting;
        }

        await using var app = await LucitraApp.StartAsync(database, settings);
        output.WriteLine($"{provider}: {ServerKills} kills, {burst.Acknowledged} events acknowledged, {burst.Unacknowledged} batches posted again, "
            + $"{await StoredAsync()} events stored at the last kill");
        await startedAsync(app.Address);
        await IsAppliedOnceAsync(app, burst);
        Assert.Empty(app.Errors.Errors);

        Task<int> StoredAsync() => observer.InDatabaseAsync(db => db.WebhookEvents.CountAsync());
    }

    private static async Task PostAsync(Uri server, BurstOfChanges burst, int events)
    {
        using var stop = new CancellationTokenSource();
        var enough = burst.Acknowledged + events;
        var posting = PostAsync(server, burst, stop.Token);
        await Eventually.IsTrueAsync(() => Task.FromResult(burst.Acknowledged >= enough));
        await stop.CancelAsync();
        await posting;
    }

    private static async Task PostAsync(Uri server, BurstOfChanges burst, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
            await burst.PostAsync(server, stop);
    }

    private static async Task IsAppliedOnceAsync(LucitraApp app, BurstOfChanges burst)
    {
        await burst.RedeliverAsync(app.Address);
        await Eventually.IsTrueAsync(() => app.InDatabaseAsync(burst.IsStoredAsync));
        await app.WhenAppliedAsync();
        await app.InDatabaseAsync(async db =>
        {
            await burst.IsAppliedOnceAsync(db);
            return true;
        });
    }
}
