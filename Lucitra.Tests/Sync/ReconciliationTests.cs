using Lucitra.Graph.Sync;
using Lucitra.Tests.Support;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lucitra.Tests.Sync;

public sealed class ReconciliationTests
{
    [SkippableTheory, BothDatabases]
    public async Task A_lost_change_delete_merge_and_link_are_found(string database)
    {
        await using var portal = await FakePortal.StartAsync();
        var settings = new Dictionary<string, string?>(portal.Settings) { ["Lucitra:Roles"] = "Api,Webhooks" };
        await using var app = await LucitraApp.StartAsync(database, settings);
        for (var id = 1; id <= 4; id++)
            portal.Put("contacts", id, ("firstname", $"Contact {id}"));
        portal.Put("deals", 9, ("dealname", "Deal"));
        portal.Link(9, 1);
        var client = app.Services.GetRequiredService<HubSpotPortals>().Find(FakePortal.PortalId)!;
        await app.Services.GetRequiredService<Backfill>().RunAsync([client], BackfillParts.All, restart: false, _ => { }, CancellationToken.None);
        await StartAtAsync(app, HubSpotFact.Start.UtcDateTime);

        portal.Put("contacts", 1, ("firstname", "Changed"));
        portal.Archive("contacts", 2);
        portal.Merge("contacts", 3, 4);
        portal.Link(9, 3);
        portal.Unlink(9, 1);
        var reconciliation = app.Services.GetRequiredService<Reconciliation>();
        Assert.True((await reconciliation.RunAsync(client, CancellationToken.None)).Changed > 0);

        var live = await app.InDatabaseAsync(db => db.Contacts.Where(contact => contact.ArchivedAt == null).OrderBy(contact => contact.HubSpotId).ToListAsync());
        Assert.Equal(["Changed", "Contact 3"], live.Select(contact => contact.FirstName));
        Assert.Equal(live[1].Id, await app.InDatabaseAsync(db => db.Contacts.Where(contact => contact.MergedIntoId != null).Select(contact => contact.MergedIntoId!.Value).SingleAsync()));
        Assert.Equal(live[1].Id, (await app.InDatabaseAsync(db => db.DealContacts.SingleAsync())).ContactId);
        Assert.Equal(0, (await reconciliation.RunAsync(client, CancellationToken.None)).Changed);
    }

    [Fact]
    public async Task More_changes_than_a_search_shows_are_all_found()
    {
        await using var portal = await FakePortal.StartAsync();
        var settings = new Dictionary<string, string?>(portal.Settings) { ["Lucitra:Roles"] = "Api" };
        await using var app = await LucitraApp.StartAsync(TestDatabase.Sqlite, settings);
        const int Many = HubSpotSearch.MaxResults + 450;
        for (var id = 1; id <= Many; id++)
            portal.Put("contacts", id);

        // Within one millisecond more than a search shows.
        var moment = portal.Put("deals", 1).UpdatedAt;
        for (var id = 1; id <= Many; id++)
            portal.Put("deals", id).UpdatedAt = moment;

        var client = app.Services.GetRequiredService<HubSpotPortals>().Find(FakePortal.PortalId)!;
        foreach (var objectType in new[] { "contact", "deal" })
        {
            var found = new HashSet<string>();
            var modified = new ModifiedRecords(client, objectType, new PatientCalls(TimeProvider.System, NullLogger<PatientCalls>.Instance));
            await foreach (var page in modified.SinceAsync(HubSpotFact.Start.UtcDateTime, CancellationToken.None))
                found.UnionWith(page.Select(one => one.Id));
            Assert.Equal(Many, found.Count);
        }
    }

    private static Task<int> StartAtAsync(LucitraApp app, DateTime watermark) => app.InDatabaseAsync(db =>
    {
        foreach (var objectType in new[] { "contact", "deal" })
        {
            var name = Reconciliation.NameOf(FakePortal.PortalId, objectType);
            db.Add(new SyncCheckpoint { Name = name, Cursor = $"{watermark:O}", StartedAt = watermark, UpdatedAt = watermark });
        }

        return db.SaveChangesAsync();
    });
}
