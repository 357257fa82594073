using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace Lucitra.Tests.Webhooks;

/// <summary>The real server, killed in mid-burst again and again: what it acknowledged is applied exactly once.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 10;

    [SkippableTheory, BothDatabases]
    public async Task What_was_acknowledged_survives_kill_9_and_is_applied_once(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var settings = LucitraServer.SettingsFor(database);
        var burst = new BurstOfChanges();
        var random = new Random(9);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var server = await LucitraServer.StartAsync(settings);
            using var stop = new CancellationTokenSource();
            var applied = burst.AcknowledgedBatches - await server.QueuedDeliveriesAsync();
            var enough = burst.Acknowledged + random.Next(100, 1_500);
            var posting = burst.PostAsync(server.Address, stop.Token);

            // Every second time not before the worker has come far enough to be interrupted between two transactions.
            await Eventually.IsTrueAsync(async () => burst.Acknowledged >= enough
                && (kill % 2 == 0 || burst.AcknowledgedBatches - await server.QueuedDeliveriesAsync() > applied));
            await server.KillAsync();
            await stop.CancelAsync();
            await posting;
        }

        await using var app = await LucitraApp.StartAsync(database);
        output.WriteLine($"{provider}: {Kills} kills, {burst.Acknowledged} events acknowledged, {burst.Unacknowledged} batches posted again, "
            + $"{await app.InDatabaseAsync(db => db.QueuedMessages.CountAsync())} batches still queued after the last kill");
        await burst.RedeliverAsync(app.Address);
        await app.WhenAppliedAsync();

        await app.InDatabaseAsync(async db =>
        {
            await burst.IsAppliedOnceAsync(db);
            return true;
        });
        Assert.Empty(app.Errors.Errors);
    }
}
