using System.Globalization;
using System.Text.Json;
using Lucitra.Graph.WriteBack;
using Lucitra.Tests.Support;
using Lucitra.Tests.Twin;
using Lucitra.Twin;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.WriteBack;

/// <summary>A server that writes back to a twin, which posts webhooks of what was written.</summary>
internal sealed class WriteBackRig : IAsyncDisposable
{
    private const string Sync = "hubSpotId hubSpotSync { state overtaken error { code message properties conflictingHubSpotId } }";

    private WriteBackRig(HubSpotTwin twin, LucitraApp app) => (Twin, App) = (twin, app);

    public HubSpotTwin Twin { get; }

    public LucitraApp App { get; }

    public TwinPortal Portal => Twin.State.Snapshot().Portals.Values.Single();

    public static async Task<WriteBackRig> StartAsync(string database, int contactsAtStart = 0)
    {
        var twin = await HubSpotTwin.StartAsync(new TwinOptions { Seed = 5, ContactsAtStart = contactsAtStart, ClockSkew = TimeSpan.FromSeconds(-40) });
        twin.Sender.SignedUrl = new Uri($"{LucitraApp.PublicBaseUrl}/webhook");
        var app = await LucitraApp.StartAsync(database, new(TwinRun.SettingsFor(twin))
        {
            ["HubSpot:WriteBack:Enabled"] = "true",
            ["HubSpot:Sync:ReconcileInterval"] = "",
            ["HubSpot:Sync:SearchLag"] = "00:00:00.500",
            ["HubSpot:Api:MaxAttempts"] = "1",
            ["HubSpot:Api:BreakerFailures"] = "1000",
        });
        twin.Sender.Target = new Uri(app.Address, "/webhook");
        return new WriteBackRig(twin, app);
    }

    /// <summary>Runs a mutation, which must succeed; gives the record's id.</summary>
    public async Task<string> MutateAsync(string mutation, object input)
    {
        var type = mutation.Contains("Deal", StringComparison.Ordinal) ? "deal" : "contact";
        var name = char.ToUpperInvariant(mutation[0]) + mutation[1..];
        var data = await App.QueryAsync(
            $"mutation($input: {name}Input!) {{ {mutation}(input: $input) {{ {type} {{ id }} errors {{ __typename }} }} }}", new { input });
        return data.At(mutation).GetProperty("errors").ValueKind == JsonValueKind.Null ? data.Text($"{mutation}.{type}.id")! : throw new InvalidOperationException($"{data}");
    }

    /// <summary>A record with how far HubSpot has it.</summary>
    public async Task<JsonElement> ReadAsync(string id)
    {
        var data = await App.QueryAsync(
            $"query($id: ID!) {{ node(id: $id) {{ ... on Contact {{ email firstName phone archivedAt version {Sync} }} ... on Deal {{ name amount archivedAt version {Sync} }} }} }}", new { id });
        return data.GetProperty("node");
    }

    public async Task<JsonElement> ReachesAsync(string id, string state)
    {
        try
        {
            await Eventually.IsTrueAsync(async () => (await ReadAsync(id)).Text("hubSpotSync.state") == state);
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{await ReadAsync(id)}\n{string.Join('\n', App.Errors.Errors)}", fault);
        }

        return await ReadAsync(id);
    }

    /// <summary>Waits until nothing is on its way in either direction.</summary>
    public async Task SettledAsync()
    {
        await Eventually.IsTrueAsync(() => App.InDatabaseAsync(async db => !await db.HubSpotSyncs.AnyAsync(row => row.State == HubSpotSyncState.Pending)));
        await Twin.Sender.DrainedAsync();
        await Eventually.IsTrueAsync(() => TwinJudge.IsAllStoredAsync(App, Twin));
        await App.WhenAppliedAsync();
        await Eventually.IsTrueAsync(() => App.InDatabaseAsync(async db => !await db.RecordReads.AnyAsync()));
    }

    /// <summary>Fails where server and twin differ.</summary>
    public async Task AssertEqualAsync() => Assert.Empty(await TwinJudge.DifferencesAsync(App, Twin));

    public static long IdOf(JsonElement record) => long.Parse(record.Text("hubSpotId")!, CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Twin.DisposeAsync();
    }
}
