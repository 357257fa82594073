using System.Globalization;
using Lucitra.Tests.Support;
using Lucitra.Twin;
using Microsoft.EntityFrameworkCore;
using Xunit.Abstractions;

namespace Lucitra.Tests.Twin;

/// <summary>What an import in HubSpot costs in calls of its API. <c>LUCITRA_TWIN_IMPORT</c> sets how many contacts are imported.</summary>
public sealed class TwinImportTests(ITestOutputHelper output)
{
    // Where the server is quicker than HubSpot tells, a batch leaves before it is full.
    private const int NotFull = 6;

    private static int Contacts => Environment.GetEnvironmentVariable("LUCITRA_TWIN_IMPORT") is { Length: > 0 } contacts
        ? int.Parse(contacts, CultureInfo.InvariantCulture)
        : 300;

    [SkippableFact]
    public async Task An_import_costs_a_call_for_a_hundred_contacts()
    {
        await using var twin = await HubSpotTwin.StartAsync(new TwinOptions { Seed = 20, Script = new ScriptOptions { ImportSize = Contacts } });
        twin.Sender.SignedUrl = new Uri($"{LucitraApp.PublicBaseUrl}/webhook");
        await using var app = await LucitraApp.StartAsync(TestDatabase.Postgres, new(TwinRun.SettingsFor(twin))
        {
            ["HubSpot:Sync:ReadDelay"] = "00:00:05",
            ["HubSpot:Sync:ReconcileInterval"] = "",
        });
        var start = TimeProvider.System.GetTimestamp();
        twin.Script.Act(UserAction.Import, portalId: 21_478_362);
        twin.Sender.Target = new Uri(app.Address, "/webhook");
        await twin.Sender.DrainedAsync();
        var applied = 0;
        while (applied < Contacts || await app.InDatabaseAsync(db => db.RecordReads.AnyAsync()))
        {
            applied = await app.InDatabaseAsync(db => db.Contacts.CountAsync());
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        await app.WhenAppliedAsync();
        var reads = twin.Calls.ByOperation.GetValueOrDefault("read batch");
        output.WriteLine($"{Contacts} contacts, {twin.Ledger.Totals.Events} events, {reads} batch reads, in {TimeProvider.System.GetElapsedTime(start)}; all calls: {string.Join(", ", twin.Calls.ByOperation)}");
        Assert.True(reads <= (Contacts / 100 * 1.1) + NotFull, $"{reads} batch reads");
        Assert.Equal(0, twin.Calls.ByOperation.GetValueOrDefault("get object"));
        Assert.Empty(await TwinJudge.DifferencesAsync(app, twin, "city", "external_id", "hs_next_step"));
    }
}
