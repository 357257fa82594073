using Lucitra.Tests.Support;
using Lucitra.Twin;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace Lucitra.Tests.Twin;

/// <summary>A twin and a server that is fed by it: in the end both know the same.</summary>
public sealed class TwinRunTests(ITestOutputHelper output)
{
    // Properties whose changes no webhook tells.
    private static readonly string[] _silent = ["city", "external_id", "hs_next_step"];

    [SkippableTheory, BothDatabases(7, 8)]
    public async Task After_any_script_the_server_equals_the_twin(string database, int seed)
    {
        await using var twin = await HubSpotTwin.StartAsync(new TwinOptions
        {
            Seed = seed,
            Forms = WebhookForms.Mixed,
            ClockSkew = TimeSpan.FromSeconds(seed % 2 == 0 ? 55 : -55),
            Sender = new SenderOptions { Disorder = 0.1, Repetition = 0.05, HeldBack = TimeSpan.FromSeconds(1), RetrySpeed = 600 },
            Script = new ScriptOptions { ActionsPerSecond = 60 },
        });
        twin.Faults.AssociationLag = TimeSpan.FromSeconds(1);
        await using var app = await LucitraApp.StartAsync(database, SettingsFor(twin));
        twin.Sender.SignedUrl = new Uri($"{LucitraApp.PublicBaseUrl}/webhook");
        twin.Sender.Target = new Uri(app.Address, "/webhook");

        await twin.Script.RunAsync(500);
        await SettledAsync(app, twin);

        var differences = await TwinJudge.DifferencesAsync(app, twin, _silent);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        output.WriteLine(await TwinJudge.AccountAsync(app, twin));
        output.WriteLine($"API calls: {string.Join(", ", twin.Calls.ByOperation.Select(one => $"{one.Key} {one.Value}"))}");
        Assert.Empty(app.Errors.Errors);
    }

    private static Dictionary<string, string?> SettingsFor(HubSpotTwin twin) => new()
    {
        ["HubSpot:ApiBaseUrl"] = $"{twin.Address}",
        ["HubSpot:PortalId"] = "21478362",
        ["HubSpot:AccessToken"] = twin.State.AccessTokenOf(21_478_362),
        ["HubSpot:ClientSecret"] = new TwinOptions().ClientSecret,
        ["HubSpot:Sync:ReadDelay"] = "00:00:00.300",
        ["HubSpot:Sync:LinkLag"] = "00:00:03",
        ["HubSpot:Sync:MissingGrace"] = "00:00:03",
        ["Webhooks:Worker:PollInterval"] = "00:00:00.200",
    };

    private async Task SettledAsync(LucitraApp app, HubSpotTwin twin)
    {
        await twin.Sender.DrainedAsync();
        try
        {
            await app.WhenAppliedAsync();
            await Eventually.IsTrueAsync(() => app.InDatabaseAsync(async db => !await db.RecordReads.AnyAsync()));
        }
        catch
        {
            output.WriteLine(string.Join('\n', (await app.InDatabaseAsync(db => db.RecordReads.Take(5).ToListAsync())).Select(read => System.Text.Json.JsonSerializer.Serialize(read))));
            output.WriteLine(string.Join('\n', (await app.InDatabaseAsync(db => db.WebhookEvents.Where(row => row.Status == Lucitra.Webhooks.Inbox.WebhookEventStatus.Received).Take(5).ToListAsync())).Select(row => $"{row.Reason} {row.NextAttemptAt:O} {row.Raw}")));
            output.WriteLine(string.Join('\n', app.Errors.Errors.Take(5)));
            throw;
        }
    }
}
