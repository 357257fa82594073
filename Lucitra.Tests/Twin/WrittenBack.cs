using Lucitra.Graph.Records;
using Lucitra.Graph.Schema;
using Lucitra.Graph.WriteBack;
using Lucitra.Tests.Support;
using Lucitra.Twin;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Tests.Twin;

/// <summary>The end of a run in which a server also wrote to the twin.</summary>
internal static class WrittenBack
{
    /// <summary>Waits until the outbox has sent what it holds, and takes HubSpot's word on all that was refused; tells how much that was.</summary>
    public static async Task<string> SettleAsync(LucitraApp app)
    {
        await WhenSentAsync(app);
        var refused = await app.InDatabaseAsync(db => db.HubSpotSyncs.AsNoTracking().Where(row => row.State == HubSpotSyncState.Refused).ToListAsync());
        foreach (var row in refused)
        {
            var type = row.ObjectType == "deal" ? "Deal" : "Contact";
            var id = NodeIds.For(type, typeof(Guid)).Encode(row.RecordId);
            await app.QueryAsync(
                $"mutation($id: ID!) {{ take{type}FromHubSpot(input: {{ id: $id }}) {{ errors {{ __typename }} }} }}", new { id });
        }

        await WhenSentAsync(app);
        var all = await app.InDatabaseAsync(db => db.HubSpotSyncs.AsNoTracking().ToListAsync());
        return $"{all.Count} records written back, {all.Count(row => row.OvertakenProperties.Count > 0)} of them overtaken; {refused.Count} refused"
            + $" ({string.Join(", ", refused.GroupBy(row => row.ErrorCode).Select(group => $"{group.Count()} {group.Key}"))}) and given up";
    }

    /// <summary>Fails where the twin has something twice that callers of the server made once, with what is known of it on both sides.</summary>
    public static async Task AssertNothingTwiceAsync(LucitraApp app, HubSpotTwin twin)
    {
        var twice =
            from portal in twin.State.Snapshot().Portals.Values
            from deal in portal.Deals.Live.Values.Concat(portal.Deals.Archived.Values)
            let name = deal.Properties.GetValueOrDefault("dealname")
            where name?.StartsWith("Written here ", StringComparison.Ordinal) == true
            group deal by name into same
            where same.Count() > 1
            select same;
        var told = new List<string>();
        foreach (var deal in twice.SelectMany(same => same))
            told.Add(await TellAsync(app, twin, deal));
        Assert.True(told.Count == 0, string.Join('\n', told));
    }

    /// <summary>Fails where a record holds values that HubSpot has not taken although its row of the outbox says that there are none.</summary>
    public static Task AssertNothingUnsentAsync(LucitraApp app) => app.InDatabaseAsync(async db =>
    {
        var records = (await db.Contacts.AsNoTracking().Include(one => one.HubSpotSync).ToListAsync()).Cast<CrmRecord>()
            .Concat(await db.Deals.AsNoTracking().Include(one => one.HubSpotSync).ToListAsync());
        Assert.Empty(records
            .Where(record => OutgoingRecord.HasWork(record) && record.HasUnsent())
            .Select(record => $"{record.GetType().Name} {record.HubSpotId}, archived {record.ArchivedAt:O}, {record.HubSpotSync?.State} since {record.HubSpotSync?.ChangedAt:O}, {record.HubSpotSync?.ErrorCode}:"
                + $" {string.Join(", ", record.Unsent().Select(one => $"{one.Key} {one.Value.At:O}"))}"));
        return true;
    });

    private static Task<string> TellAsync(LucitraApp app, HubSpotTwin twin, TwinRecord deal) => app.InDatabaseAsync(async db =>
    {
        var into = string.Join(' ', twin.State.Snapshot().Portals.Values.SelectMany(portal => portal.Deals.Aliases).Where(alias => alias.Value == deal.Id).Select(alias => alias.Key));
        var alias = await db.HubSpotRecords.AsNoTracking().SingleOrDefaultAsync(row => row.ObjectType == "deal" && row.ObjectId == deal.Id);
        var sync = alias is null ? null : await db.HubSpotSyncs.AsNoTracking().SingleOrDefaultAsync(row => row.RecordId == alias.RecordId);
        var record = alias is null ? null : await db.Deals.AsNoTracking().SingleOrDefaultAsync(row => row.Id == alias.RecordId);
        var events = await db.WebhookEvents.AsNoTracking().Where(row => row.ObjectId == deal.Id).OrderBy(row => row.Id).Take(12).ToListAsync();
        return $"{deal.Properties["dealname"]} {deal.Id}: created {deal.CreatedAt:O}, archived {deal.ArchivedAt:O}, made of {into}."
            + $" Here {alias?.RecordId}: {string.Join(", ", record?.Stamps.Select(stamp => $"{stamp.Key} {stamp.Value}") ?? [])};"
            + $" {sync?.State} since {sync?.ChangedAt:O}, asked {sync?.AskedAt:O}, {sync?.Attempts} attempts, creating {sync?.CreatingSince:O}."
            + $" Events: {string.Join(", ", events.Select(row => $"{row.ReceivedAt:O} {row.SubscriptionType} {row.PropertyName} {row.ChangeSource} {row.SourceId} {row.Status} {row.ProcessedAt:O}"))}";
    });

    private static async Task WhenSentAsync(LucitraApp app)
    {
        try
        {
            await Eventually.NothingIsLeftAsync(() => LeftAsync(app));
        }
        catch (Exception fault)
        {
            var waiting = await app.InDatabaseAsync(db => db.HubSpotSyncs.AsNoTracking().Where(row => row.State == HubSpotSyncState.Pending).Take(5).ToListAsync());
            throw new InvalidOperationException(string.Join('\n', waiting.Select(row =>
                $"{row.ObjectType} {row.RecordId} waits: due {row.DueAt:O}, leased {row.LeasedUntil:O}, {row.Attempts} attempts, creating {row.CreatingSince:O}, {row.ErrorCode}").Concat(app.Errors.Errors.Take(5))), fault);
        }
    }

    private static Task<int> LeftAsync(LucitraApp app) => app.InDatabaseAsync(db => db.HubSpotSyncs.CountAsync(row => row.State == HubSpotSyncState.Pending));
}
