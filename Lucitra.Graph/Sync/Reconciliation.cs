using System.Globalization;
using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Sync;

/// <summary>
/// Finds what webhooks did not tell: reads the records that HubSpot's search says have changed, with their links, and those
/// in its recycle bin that are live here. What the search shows is not taken over itself, since its index lags.
/// </summary>
internal sealed class Reconciliation(
    ReadableProperties properties,
    InboxTransactions transactions,
    SyncCheckpoints checkpoints,
    PatientCalls calls,
    IDbContextFactory<LucitraDbContext> contexts,
    IOptions<SyncOptions> options,
    TimeProvider clock)
{
    private static readonly TimeSpan _withoutBackfill = TimeSpan.FromDays(1);

    /// <summary>Name of the checkpoint that holds the watermark: every change up to it is covered.</summary>
    public static string NameOf(long portalId, string objectType) => string.Create(CultureInfo.InvariantCulture, $"reconcile:{portalId}:{objectType}");

    public async Task<ReconcileSummary> RunAsync(HubSpotClient portal, CancellationToken cancellationToken)
    {
        var summary = new ReconcileSummary(0, 0, 0);
        foreach (var objectType in new[] { HubSpotObjectTypes.Contact, HubSpotObjectTypes.Deal })
        {
            var source = new RecordSource(portal, objectType, await properties.OfAsync(objectType, cancellationToken), HubSpotCallPriority.Backfill);
            summary += await ModifiedAsync(portal, source, objectType, cancellationToken);
            summary += await ArchivedAsync(portal, source, objectType, cancellationToken);
        }

        return summary;
    }

    private async Task<ReconcileSummary> ModifiedAsync(HubSpotClient portal, RecordSource source, string objectType, CancellationToken cancellationToken)
    {
        var summary = new ReconcileSummary(0, 0, 0);
        var startedAt = clock.UtcNow();
        var watermark = await WatermarkAsync(portal.PortalId, objectType, cancellationToken);
        var modified = new ModifiedRecords(portal, objectType, calls);
        await foreach (var page in modified.SinceAsync(watermark - options.Value.ReconcileOverlap, cancellationToken))
        {
            foreach (var part in page.Chunk(HubSpotClient.MaxBatch))
            {
                var certain = part[^1].UpdatedAt - options.Value.SearchLag;
                watermark = certain > watermark ? certain : watermark;
                var cursor = PropertyText.From(watermark);
                var keys = part.Select(one => KeyOf(portal, one.Id)).ToList();
                var snapshot = await calls.RunAsync(() => SnapshotAsync(source, keys, cancellationToken), cancellationToken);
                summary += await TakeAsync(
                    objectType, snapshot, (db, token) => checkpoints.MoveAsync(db, NameOf(portal.PortalId, objectType), cursor, keys.Count, isEnd: false, startedAt, token), cancellationToken);
            }
        }

        return summary;
    }

    // HubSpot keeps its recycle bin for 90 days and searches do not show it. What is not live here already is passed over.
    private async Task<ReconcileSummary> ArchivedAsync(HubSpotClient portal, RecordSource source, string objectType, CancellationToken cancellationToken)
    {
        var summary = new ReconcileSummary(0, 0, 0);
        string? after = null;
        do
        {
            var cursor = after;
            var page = await calls.RunAsync(
                () => portal.ListAsync(objectType, cursor, HubSpotClient.MaxBatch, [OwnProperties.MergedIds], archived: true, HubSpotCallPriority.Backfill, cancellationToken),
                cancellationToken);
            var live = await LiveAsync(objectType, portal.PortalId, page.Results.Select(one => one.Id), cancellationToken);
            if (live.Count > 0)
            {
                var snapshot = await calls.RunAsync(() => source.ReadAsync(live, cancellationToken), cancellationToken);
                summary += await TakeAsync(objectType, snapshot, (_, _) => Task.CompletedTask, cancellationToken);
            }

            summary += new ReconcileSummary(0, page.Results.Count, 0);
            after = page.After;
        }
        while (after is not null);
        return summary;
    }

    private async Task<List<RecordKey>> LiveAsync(string objectType, long portalId, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await LiveRecords.AmongAsync(db, objectType, portalId, ids, cancellationToken);
    }

    private async Task<RecordSnapshot> SnapshotAsync(RecordSource source, List<RecordKey> keys, CancellationToken cancellationToken)
    {
        var snapshot = await source.ReadAsync(keys, cancellationToken);
        return await source.WithLinksAsync(snapshot, source.LiveOf(snapshot), options.Value.LinkLag, cancellationToken);
    }

    private Task<ReconcileSummary> TakeAsync(
        string objectType, RecordSnapshot snapshot, Func<LucitraDbContext, CancellationToken, Task> move, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            async (services, token) =>
            {
                var changed = await services.GetServices<IRecordSnapshots>().Single(one => one.ObjectType == objectType).ApplyAsync(snapshot, token);
                await move(services.GetRequiredService<LucitraDbContext>(), token);
                return new ReconcileSummary(snapshot.Found.Count, 0, changed);
            },
            cancellationToken);

    private async Task<DateTime> WatermarkAsync(long portalId, string objectType, CancellationToken cancellationToken)
    {
        if (await checkpoints.FindAsync(NameOf(portalId, objectType), cancellationToken) is { Cursor: { } cursor })
            return PropertyText.ToInstant(cursor)!.Value;

        var part = objectType == HubSpotObjectTypes.Deal ? BackfillParts.Deals : BackfillParts.Contacts;
        var backfill = await checkpoints.FindAsync(BackfillStep.Of(part, portalId).First().Name, cancellationToken);
        return backfill?.StartedAt ?? (clock.UtcNow() - _withoutBackfill);
    }

    private static RecordKey KeyOf(HubSpotClient portal, string id) => new(portal.PortalId, long.Parse(id, CultureInfo.InvariantCulture));
}

/// <summary>What a reconciliation did.</summary>
/// <param name="Read">Records read because they changed or went.</param>
/// <param name="Archived">Records seen in HubSpot's recycle bin.</param>
/// <param name="Changed">Records that changed here by it.</param>
internal sealed record ReconcileSummary(long Read, long Archived, long Changed)
{
    public static ReconcileSummary operator +(ReconcileSummary one, ReconcileSummary other) =>
        new(one.Read + other.Read, one.Archived + other.Archived, one.Changed + other.Changed);
}
