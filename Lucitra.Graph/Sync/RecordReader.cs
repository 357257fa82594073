using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Sync;

/// <summary>
/// Reads records from HubSpot that events left in doubt, a hundred a call, and takes over what it finds. What failed is
/// tried again with growing waits; what somebody asked for again meanwhile is read again.
/// </summary>
internal sealed partial class RecordReader(
    HubSpotPortals portals,
    ReadableProperties properties,
    InboxTransactions transactions,
    IOptions<SyncOptions> options,
    TimeProvider clock,
    ILogger<RecordReader> logger)
{
    private static readonly TimeSpan _lease = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan _mostEarly = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _retryDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _maxRetryDelay = TimeSpan.FromMinutes(5);

    /// <summary>Reads the records that have been due longest; false when none are.</summary>
    public async Task<bool> ReadDueAsync(CancellationToken cancellationToken)
    {
        var claim = await transactions.RunAsync(ClaimAsync, cancellationToken);
        if (claim.Count == 0)
            return false;

        try
        {
            if (await portals.FindAsync(claim[0].PortalId, cancellationToken) is { } portal)
                await ReadAsync(portal, claim, cancellationToken);
            else
                await transactions.RunAsync((services, token) => EndAsync(services, claim, [], token), cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            var refusal = fault as HubSpotApiException;
            if (refusal is not null)
                Log.Failed(logger, claim.Count, claim[0].ObjectType, refusal.Message);
            else
                Log.Stumbled(logger, claim.Count, claim[0].ObjectType, FaultText.Of(fault), fault.StackTrace);
            await transactions.RunAsync((services, token) => DelayAsync(services, claim, refusal?.RetryAfter, token), cancellationToken);
        }

        return true;
    }

    // Claimed reads are due again when their lease ends, should this process not live to see it.
    private async Task<List<RecordRead>> ClaimAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<LucitraDbContext>();
        var now = clock.UtcNow();
        if (await db.RecordReads.Where(read => read.DueAt <= now).OrderBy(read => read.DueAt).FirstOrDefaultAsync(cancellationToken) is not { } first)
            return [];

        // A call costs the same for one record and for a hundred, so those that are due next fill it up; links have to wait.
        var soon = now + (options.Value.ReadDelay < _mostEarly ? options.Value.ReadDelay : _mostEarly);
        var claim = await db.RecordReads
            .Where(read => (read.DueAt <= now || (read.DueAt <= soon && read.Parts == RecordReadParts.Record)) && read.PortalId == first.PortalId && read.ObjectType == first.ObjectType)
            .OrderBy(read => read.DueAt)
            .Take(HubSpotClient.MaxBatch)
            .ToListAsync(cancellationToken);
        foreach (var read in claim)
        {
            read.DueAt = UtcTime.Truncate(now + _lease);
            read.Version++;
        }

        return claim;
    }

    private async Task ReadAsync(HubSpotClient portal, List<RecordRead> claim, CancellationToken cancellationToken)
    {
        var snapshot = await SnapshotAsync(portal, claim, cancellationToken);
        var objectType = claim[0].ObjectType;

        // HubSpot's API may not show yet what its webhooks have told.
        var early = claim
            .Where(read => snapshot.Gone.Contains(KeyOf(read)) && clock.UtcNow() - read.AskedAt < options.Value.MissingGrace)
            .Select(KeyOf).ToHashSet();
        snapshot = snapshot with { Gone = [.. snapshot.Gone.Where(key => !early.Contains(key))] };
        await transactions.RunAsync(
            async (services, token) =>
            {
                await services.GetServices<IRecordSnapshots>().Single(one => one.ObjectType == objectType).ApplyAsync(snapshot, token);
                return await EndAsync(services, claim, early, token);
            },
            cancellationToken);
    }

    private async Task<RecordSnapshot> SnapshotAsync(HubSpotClient portal, List<RecordRead> claim, CancellationToken cancellationToken)
    {
        var objectType = claim[0].ObjectType;
        var snapshots = new RecordSource(portal, objectType, await properties.OfAsync(objectType, cancellationToken), HubSpotCallPriority.Live);
        var whole = claim.Where(read => read.Parts.HasFlag(RecordReadParts.Record)).Select(KeyOf).ToList();
        var linked = claim.Where(read => read.Parts.HasFlag(RecordReadParts.Links)).Select(KeyOf).ToList();
        var snapshot = await snapshots.ReadAsync(whole, cancellationToken);
        return await snapshots.WithLinksAsync(snapshot, linked, options.Value.LinkLag, cancellationToken);
    }

    /// <summary>Forgets what was read, unless somebody asked again; what HubSpot may not show yet is read again soon.</summary>
    private async Task<bool> EndAsync(IServiceProvider services, List<RecordRead> claim, HashSet<RecordKey> early, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<LucitraDbContext>();
        foreach (var (read, claimed) in await ReloadAsync(db, claim, cancellationToken))
        {
            if (early.Contains(KeyOf(read)))
                Delay(read, retryAfter: null);
            else if (read.Version == claimed.Version)
                db.Remove(read);
            else
                (read.DueAt, read.Attempts) = (UtcTime.Truncate(clock.UtcNow() + options.Value.DelayOf(read.Parts)), 0);
        }

        return true;
    }

    private async Task<bool> DelayAsync(IServiceProvider services, List<RecordRead> claim, TimeSpan? retryAfter, CancellationToken cancellationToken)
    {
        foreach (var (read, _) in await ReloadAsync(services.GetRequiredService<LucitraDbContext>(), claim, cancellationToken))
            Delay(read, retryAfter);
        return true;
    }

    private void Delay(RecordRead read, TimeSpan? retryAfter)
    {
        var wait = RetrySchedule.WaitAfter(++read.Attempts, _retryDelay, _maxRetryDelay, Random.Shared.NextDouble());
        read.DueAt = UtcTime.Truncate(clock.UtcNow() + (retryAfter > wait ? retryAfter.Value : wait));
    }

    private static async Task<IEnumerable<(RecordRead Read, RecordRead Claimed)>> ReloadAsync(
        LucitraDbContext db, List<RecordRead> claim, CancellationToken cancellationToken)
    {
        var (portalId, objectType) = (claim[0].PortalId, claim[0].ObjectType);
        var ids = claim.ConvertAll(read => read.ObjectId);
        var reads = await db.RecordReads
            .Where(read => read.PortalId == portalId && read.ObjectType == objectType && ids.Contains(read.ObjectId))
            .ToListAsync(cancellationToken);
        return reads.Select(read => (read, claim.Find(claimed => claimed.ObjectId == read.ObjectId)!));
    }

    private static RecordKey KeyOf(RecordRead read) => new(read.PortalId, read.ObjectId);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Could not read {Records} records of type {ObjectType}, trying again later: {Fault}")]
        public static partial void Failed(ILogger logger, int records, string objectType, string fault);

        [LoggerMessage(2, LogLevel.Error, "Could not take over {Records} records of type {ObjectType}, trying again later: {Fault}\n{StackTrace}")]
        public static partial void Stumbled(ILogger logger, int records, string objectType, string fault, string? stackTrace);
    }
}
