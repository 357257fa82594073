using Lucitra.Graph.Sync;
using Lucitra.Tests.Support;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Sync;

public sealed class BackfillTests
{
    private const int Contacts = 1_250;
    private const string List = "GET /crm/v3/objects/";

    [SkippableTheory, BothDatabases]
    public async Task A_killed_backfill_goes_on_where_it_was(string database)
    {
        await using var portal = await FilledAsync();
        await using var own = await TestDatabase.CreateAsync(database);
        var settings = LucitraServer.SettingsFor(own);
        foreach (var (name, value) in portal.Settings)
            settings[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        var reached = new TaskCompletionSource();
        var pages = 0;
        portal.OnCall = async call =>
        {
            if (call.StartsWith(List, StringComparison.Ordinal) && ++pages == 6)
            {
                reached.SetResult();
                await Task.Delay(TimeSpan.FromSeconds(5));
            }

            return null;
        };
        await using (var server = LucitraServer.Begin(settings, "hubspot", "backfill"))
        {
            await reached.Task;
            await server.KillAsync();
        }

        portal.OnCall = _ => Task.FromResult<int?>(null);
        var before = portal.Calls.Count;
        var (exitCode, output) = await LucitraServer.RunAsync(settings, "hubspot", "backfill");
        Assert.True(exitCode == 0, output);
        Assert.Equal(9, portal.Calls.Skip(before).Count(call => call.StartsWith(List + "contacts?", StringComparison.Ordinal)));
        Assert.Contains($"backfill:{FakePortal.PortalId}:contact: {Contacts} read", output, StringComparison.Ordinal);
        Assert.Contains("contact.list", output, StringComparison.Ordinal);

        var (verified, verdict) = await LucitraServer.RunAsync(settings, "hubspot", "verify");
        Assert.True(verified == 0, verdict);
        Assert.Contains("contact: 1250 live records at HubSpot, 2 of 2 ranges with equal hashes", verdict, StringComparison.Ordinal);
    }

    [SkippableTheory, BothDatabases]
    public async Task An_event_that_is_newer_than_the_page_stays(string database)
    {
        await using var portal = await FakePortal.StartAsync();
        await using var app = await LucitraApp.StartAsync(database, portal.Settings);
        portal.Put("contacts", 1, ("firstname", "Page"), ("lastname", "Page"));
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("contact", 1, "firstname", "Event", afterSeconds: 900));
        await app.WhenAppliedAsync();

        await RunAsync(app, CancellationToken.None);

        var contact = await app.InDatabaseAsync(db => db.Contacts.SingleAsync());
        Assert.Equal(("Event", "Page"), (contact.FirstName, contact.LastName));
    }

    [SkippableTheory, BothDatabases]
    public async Task An_erased_person_does_not_come_back(string database)
    {
        await using var portal = await FakePortal.StartAsync();
        await using var app = await LucitraApp.StartAsync(database, portal.Settings);
        await app.HubSpot.DeliverAsync(HubSpotFact.Created("contact", 1), new HubSpotFact("contact.privacyDeletion", 1));
        await app.WhenAppliedAsync();
        portal.Put("contacts", 1, ("firstname", "Ada"));

        await RunAsync(app, CancellationToken.None);

        Assert.False(await app.InDatabaseAsync(db => db.Contacts.AnyAsync(contact => contact.HubSpotId != null)));
    }

    private static async Task<FakePortal> FilledAsync()
    {
        var portal = await FakePortal.StartAsync();
        for (var id = 1; id <= Contacts; id++)
            portal.Put("contacts", id, ("firstname", $"Contact {id}"), ("score", "1.50"));
        portal.Put("contacts", Contacts + 1, ("firstname", "Archived"));
        portal.Archive("contacts", Contacts + 1);
        portal.Put("deals", 1, ("dealname", "Deal"));
        portal.Link(1, 7);
        return portal;
    }

    private static Dictionary<string, string?> Only(FakePortal portal) => new(portal.Settings) { ["Lucitra:Roles"] = "Api,Webhooks" };

    private static async Task<long> RunAsync(LucitraApp app, CancellationToken cancellationToken)
    {
        var portals = await app.Services.GetRequiredService<HubSpotPortals>().AllAsync(cancellationToken);
        return await app.Services.GetRequiredService<Backfill>().RunAsync(portals, BackfillParts.All, restart: false, _ => { }, cancellationToken);
    }
}
