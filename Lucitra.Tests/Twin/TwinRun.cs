using System.Globalization;
using Lucitra.Tests.Support;
using Lucitra.Twin;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Twin;

/// <summary>Runs of a twin against a server, and their judgement.</summary>
internal static class TwinRun
{
    private const long PortalId = 21_478_362;

    // Properties whose changes no webhook tells.
    private static readonly string[] _silent = ["city", "external_id", "hs_next_step"];

    public static async Task<HubSpotTwin> StartTwinAsync(int seed)
    {
        var twin = await HubSpotTwin.StartAsync(new TwinOptions
        {
            Seed = seed,
            Forms = WebhookForms.Mixed,
            ClockSkew = TimeSpan.FromSeconds(seed % 2 == 0 ? 55 : -55),
            Sender = new SenderOptions { Disorder = 0.1, Repetition = 0.05, HeldBack = TimeSpan.FromSeconds(1), RetrySpeed = 120 },
            Script = new ScriptOptions { ActionsPerSecond = 40 },
        });
        twin.Faults.AssociationLag = TimeSpan.FromSeconds(1);
        twin.Sender.SignedUrl = new Uri($"{LucitraApp.PublicBaseUrl}/webhook");
        return twin;
    }

    public static Dictionary<string, string?> SettingsFor(HubSpotTwin twin) => new()
    {
        ["HubSpot:ApiBaseUrl"] = $"{twin.Address}",
        ["HubSpot:PortalId"] = PortalId.ToString(CultureInfo.InvariantCulture),
        ["HubSpot:AccessToken"] = twin.State.AccessTokenOf(PortalId),
        ["HubSpot:ClientSecret"] = new TwinOptions().ClientSecret,
        ["HubSpot:Sync:ReadDelay"] = "00:00:00.300",
        ["HubSpot:Sync:LinkLag"] = "00:00:03",
        ["HubSpot:Sync:MissingGrace"] = "00:00:03",
        ["Webhooks:Worker:PollInterval"] = "00:00:00.200",
        ["Webhooks:Worker:RetryBaseDelay"] = "00:00:00.500",
    };

    public static Dictionary<string, string?> WriteBackSettingsFor(HubSpotTwin twin) => new(SettingsFor(twin))
    {
        ["HubSpot:WriteBack:Enabled"] = "true",
        ["HubSpot:Sync:SearchLag"] = "00:00:03",
    };

    /// <summary>Kills the server again and again while users are at work and the API fails in every way, heals everything, and judges.</summary>
    public static async Task<string> ThroughFaultsAsync(
        TestDatabase store, int seed, TimeSpan duration, Func<Task>? restart = null)
    {
        await using var twin = await StartTwinAsync(seed);
        var settings = WriteBackSettingsFor(twin);
        twin.Faults.SearchLag = TimeSpan.FromSeconds(1);
        (twin.Faults.RateLimited, twin.Faults.ServerError, twin.Faults.Slow, twin.Faults.Reset, twin.Faults.DroppedRow) = (0.05, 0.05, 0.05, 0.03, 0.02);
        twin.Faults.SlowFor = TimeSpan.FromMilliseconds(500);

        var random = new Random(seed);
        using var callers = new CallersAtWork(seed);
        var (script, writing) = (Task.CompletedTask, Task.CompletedTask);
        var kills = 0;
        do
        {
            await using var server = await LucitraServer.StartAsync(EnvironmentOf(store, settings));
            callers.Server = server.Address;
            twin.Sender.Target = new Uri(server.Address, "/webhook");
            if (kills == 0)
            {
                script = twin.Script.RunAsync(duration);
                writing = callers.RunAsync(TimeSpan.FromMilliseconds(100), script);
            }

            await Task.WhenAny(script, Task.Delay(TimeSpan.FromSeconds(random.Next(3, 8))));
            if (restart is not null && kills % 2 == 0)
                await restart();
            await server.KillAsync();
            kills++;
        }
        while (!script.IsCompleted);

        await script;
        await writing;
        twin.Faults.Heal();
        await using var app = await LucitraApp.StartAsync(store, settings);
        twin.Sender.Target = new Uri(app.Address, "/webhook");
        return $"{kills} kills, {twin.Sender.FailedRequests} refused requests, {callers.Writes} writes here. {await JudgeAsync(app, twin)}";
    }

    /// <summary>
    /// Restarts what the queue lives in while users are at work, each time when it is empty, sets it up anew, and judges. What is
    /// sent meanwhile is refused; during the set-up nothing is sent, since a topic without its subscription keeps nothing.
    /// </summary>
    public static async Task<string> ThroughRestartsAsync(
        TestDatabase store, int seed, TimeSpan duration, Dictionary<string, string?> queue, Func<Task> restart, Func<Task> setUp)
    {
        await using var twin = await StartTwinAsync(seed);
        await using var app = await LucitraApp.StartAsync(store, new(SettingsFor(twin).Concat(queue)));
        twin.Sender.Target = new Uri(app.Address, "/webhook");
        var script = twin.Script.RunAsync(duration);
        var restarts = 0;
        while (!script.IsCompleted)
        {
            await Task.WhenAny(script, Task.Delay(TimeSpan.FromSeconds(6)));
            await EmptyAsync(app, twin);
            twin.Sender.Resume();
            await restart();
            await twin.Sender.PauseAsync();
            await setUp();
            twin.Sender.Resume();
            restarts++;
        }

        await script;
        return $"{restarts} restarts, {twin.Sender.FailedRequests} refused requests. {await JudgeAsync(app, twin)}";
    }

    /// <summary>Waits until nothing is on its way, and fails where server and twin differ; otherwise tells what became of everything.</summary>
    public static async Task<string> JudgeAsync(LucitraApp app, HubSpotTwin twin)
    {
        // What is written back makes webhooks, and what webhooks tell goes before it.
        await AppliedAsync(app, twin);
        var writtenBack = await WrittenBack.SettleAsync(app);
        await AppliedAsync(app, twin);
        await WrittenBack.AssertNothingTwiceAsync(app, twin);
        await WrittenBack.AssertNothingUnsentAsync(app);

        var differences = await TwinJudge.DifferencesAsync(app, twin, _silent);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        var portal = twin.State.Snapshot().Portals[PortalId];
        var calls = string.Join(", ", twin.Calls.ByOperation.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Value} {one.Key}"));
        return $"""
            {twin.Script.Actions} actions, {twin.Ledger.Totals}
            {await TwinJudge.AccountAsync(app, twin)}
            {writtenBack}
            Equal: {portal.Contacts.Live.Count} contacts, {portal.Deals.Live.Count} deals, {portal.Contacts.Archived.Count + portal.Deals.Archived.Count} archived, {portal.Contacts.Aliases.Count + portal.Deals.Aliases.Count} aliases, {portal.Contacts.Erased.Count} erased, {portal.Links.Count} links
            API calls: {calls}
            """;
    }

    private static async Task AppliedAsync(LucitraApp app, HubSpotTwin twin)
    {
        await twin.Sender.DrainedAsync();
        await StoredAsync(app, twin);
        await SettledAsync(app);
    }

    // The queue may be long: only one that gets no shorter is at fault.
    private static async Task StoredAsync(LucitraApp app, HubSpotTwin twin)
    {
        while (true)
        {
            // Counted first: what is stored while it is looked for counts as more.
            var before = await CountAsync();
            if (await TwinJudge.IsAllStoredAsync(app, twin))
                return;
            try
            {
                await Eventually.IsTrueAsync(async () => await CountAsync() > before);
            }
            catch (Xunit.Sdk.TrueException)
            {
                Assert.Empty(await TwinJudge.NotStoredAsync(app, twin));
                throw;
            }
        }

        Task<int> CountAsync() => app.InDatabaseAsync(db => db.WebhookEvents.CountAsync());
    }

    private static async Task SettledAsync(LucitraApp app)
    {
        try
        {
            await Eventually.NothingIsLeftAsync(() => LeftAsync(app));
        }
        catch (Exception fault)
        {
            var reads = await app.InDatabaseAsync(db => db.RecordReads.CountAsync());
            var events = await app.InDatabaseAsync(db => db.WebhookEvents.Where(row => row.Status == WebhookEventStatus.Received).ToListAsync());
            throw new InvalidOperationException(
                $"{reads} records are to be read, {events.Count} events to be tried: {string.Join('\n', events.Take(3).Select(one => one.Reason).Concat(app.Errors.Errors.Take(5)))}", fault);
        }
    }

    private static Task<int> LeftAsync(LucitraApp app) => app.InDatabaseAsync(async db =>
        await db.QueuedMessages.CountAsync() + await db.WebhookEvents.CountAsync(row => row.Status == WebhookEventStatus.Received) + await db.RecordReads.CountAsync());

    private static Dictionary<string, string?> EnvironmentOf(TestDatabase store, Dictionary<string, string?> settings)
    {
        // In Production the emulator is refused.
        var environment = new Dictionary<string, string?>(LucitraServer.SettingsFor(store)) { ["ASPNETCORE_ENVIRONMENT"] = "Test" };
        foreach (var (name, value) in settings)
            environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return environment;
    }

    // What the queue holds dies with it.
    private static async Task EmptyAsync(LucitraApp app, HubSpotTwin twin)
    {
        await twin.Sender.PauseAsync();
        await Eventually.IsTrueAsync(async () =>
        {
            // What was refused may be stored in part, and stands in no ledger.
            var before = await StoredAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(500));
            return await TwinJudge.IsAllStoredAsync(app, twin) && await StoredAsync() == before;
        });

        Task<int> StoredAsync() => app.InDatabaseAsync(db => db.WebhookEvents.CountAsync());
    }
}
