using Lucitra.Graph.Database;
using Lucitra.Graph.Links;
using Lucitra.Graph.WriteBack;
using Lucitra.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.WriteBack;

/// <summary>Links that a worker did not send since their deal or contact was archived when it took the deal.</summary>
public sealed class LinksLeftOutTests
{
    private const long Ada = 1;
    private const long Boat = 7;

    [SkippableTheory, BothDatabases("deal", "contact")]
    public async Task A_link_is_sent_although_its_record_came_back_while_a_worker_had_the_deal_in_hand(string database, string archived)
    {
        await using var app = await StartAsync(database, archived);

        var taken = await LoadAsync(app);
        await app.RunAsync(HandRun.Apply(new HubSpotFact($"{archived}.restore", IdOf(archived)) { OccurredAt = HubSpotFact.Start.AddSeconds(90) }));
        await SettleAsync(app, taken);
        Assert.Equal(HubSpotSyncState.Pending, (await app.InDatabaseAsync(db => db.HubSpotSyncs.SingleAsync())).State);
        var again = await LoadAsync(app);

        Assert.Empty(taken.Links);
        Assert.Equal((Ada, true), (Assert.Single(again.Links).Pair.ContactObjectId, again.Links[0].IsLinked));
        await SettleAsync(app, again, (again.Links[0].Pair, true, HubSpotFact.Start.UtcDateTime));
        Assert.Equal(HubSpotSyncState.Synced, (await app.InDatabaseAsync(db => db.HubSpotSyncs.SingleAsync())).State);
    }

    [SkippableTheory, BothDatabases("deal", "contact")]
    public async Task A_link_is_given_up_where_its_record_stays_archived(string database, string archived)
    {
        await using var app = await StartAsync(database, archived);

        await SettleAsync(app, await LoadAsync(app));
        await SettleAsync(app, await LoadAsync(app));

        Assert.Equal(HubSpotSyncState.Synced, (await app.InDatabaseAsync(db => db.HubSpotSyncs.SingleAsync())).State);
        Assert.False((await app.InDatabaseAsync(db => db.HubSpotLinks.SingleAsync())).IsUnsent);
    }

    /// <summary>A deal and a contact that HubSpot has, with a link that it has not, one of them archived.</summary>
    private static async Task<LucitraApp> StartAsync(string database, string archived)
    {
        var app = await HandRun.StartAsync(database);
        await app.RunAsync(HandRun.Apply(HubSpotFact.Changed("deal", Boat, "dealname", "Boat"), HubSpotFact.Changed("contact", Ada, "firstname", "Ada")));
        var ids = await app.QueryAsync("{ deals { nodes { id } } contacts { nodes { id } } }");
        await app.QueryAsync(
            "mutation($dealId: ID!, $contactId: ID!) { linkContactToDeal(input: {dealId: $dealId, contactId: $contactId}) { errors { __typename } } }",
            new { dealId = ids.Text("deals.nodes.0.id"), contactId = ids.Text("contacts.nodes.0.id") });

        // As when HubSpot had not the contact yet at that time.
        if (archived == "contact")
            await app.InDatabaseAsync(db => db.HubSpotLinks.ExecuteDeleteAsync());
        await app.RunAsync(HandRun.Apply(HubSpotFact.Deleted(archived, IdOf(archived))));
        return app;
    }

    private static long IdOf(string objectType) => objectType == "deal" ? Boat : Ada;

    private static async Task<OutgoingRecord> LoadAsync(LucitraApp app)
    {
        OutgoingRecord? taken = null;
        await app.RunAsync(async services =>
        {
            var row = await services.GetRequiredService<LucitraDbContext>().HubSpotSyncs.SingleAsync();
            row.PortalId = 21_478_362;
            services.GetRequiredService<OutboxSchedule>().Take(row);
            taken = Assert.Single(await services.GetServices<IOutgoingRecords>().Single(kind => kind.ObjectType == "deal").LoadAsync([row], CancellationToken.None));
        });
        return taken!;
    }

    private static Task SettleAsync(LucitraApp app, OutgoingRecord taken, params (LinkedPair Pair, bool IsLinked, DateTime At)[] linked) => app.RunAsync(
        services => services.GetRequiredService<Settlement>().SettleAsync("deal", new SentRecord(taken) { Linked = linked }, CancellationToken.None));
}
