using Lucitra.Graph.Records;
using Lucitra.Graph.Sync;
using Lucitra.Tests.Support;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Tests.Sync;

public sealed class MetadataTests
{
    [SkippableTheory, BothDatabases]
    public async Task Properties_stages_and_owners_are_HubSpots_and_a_stage_that_becomes_won_settles_its_deals(string database)
    {
        await using var portal = await FakePortal.StartAsync();
        await using var app = await LucitraApp.StartAsync(database, portal.Settings);
        await app.HubSpot.DeliverAsync(
            HubSpotFact.Changed("deal", 5, "pipeline", "sales"), HubSpotFact.Changed("deal", 5, "dealstage", "open"), HubSpotFact.Changed("deal", 6, "dealstage", "retired"));
        await app.WhenAppliedAsync();
        var metadata = app.Services.GetRequiredService<HubSpotMetadata>();
        await metadata.RefreshAsync(HubSpotCallPriority.Live, CancellationToken.None);
        Assert.Equal(PropertyType.Number, app.Services.GetRequiredService<PropertyRegistry>().TypeOf(RecordType.Contact, "score"));
        Assert.Equal(["7", "8"], await app.InDatabaseAsync(db => db.Owners.Select(owner => owner.Id).Order().ToListAsync()));
        Assert.Equal(["sales:open", "sales:won"], await app.InDatabaseAsync(db => db.DealStages.Select(stage => stage.Id).Order().ToListAsync()));
        Assert.False(await app.InDatabaseAsync(db => db.Deals.AnyAsync(deal => deal.IsClosed)));

        portal.Stages[1] = ("open", "Signed", "true", "1.0");
        await metadata.RefreshAsync(HubSpotCallPriority.Live, CancellationToken.None);

        var deal = await app.InDatabaseAsync(db => db.Deals.Include(one => one.Stage).SingleAsync(one => one.HubSpotId == "5"));
        Assert.True(deal is { IsClosed: true, IsWon: true, Stage.Label: "Signed" });
        var last = await app.InDatabaseAsync(db => db.RecordChanges.Where(change => change.RecordId == deal.Id).OrderBy(change => change.Version).LastAsync());
        Assert.Equal(["isClosed", "isWon"], last.Fields.Select(field => field.Field));
    }

    [SkippableTheory, BothDatabases]
    public async Task A_stage_that_HubSpot_dropped_stays_while_a_deal_names_it(string database)
    {
        await using var portal = await FakePortal.StartAsync();
        await using var app = await LucitraApp.StartAsync(database, portal.Settings);
        var metadata = app.Services.GetRequiredService<HubSpotMetadata>();
        await metadata.RefreshAsync(HubSpotCallPriority.Live, CancellationToken.None);
        await app.HubSpot.DeliverAsync(HubSpotFact.Changed("deal", 5, "pipeline", "sales"), HubSpotFact.Changed("deal", 5, "dealstage", "open"));
        await app.WhenAppliedAsync();

        portal.Stages.Clear();
        await metadata.RefreshAsync(HubSpotCallPriority.Live, CancellationToken.None);

        Assert.Equal(["sales:open"], await app.InDatabaseAsync(db => db.DealStages.Select(stage => stage.Id).ToListAsync()));
    }
}
