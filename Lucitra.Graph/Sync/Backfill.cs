using System.Globalization;
using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Sync;

/// <summary>
/// Reads whole HubSpot accounts while events flow. Each page is taken over together with its checkpoint, so that a run that
/// was cut off anywhere goes on behind its last page; a run after a complete one begins anew.
/// </summary>
internal sealed class Backfill(
    HubSpotMetadata metadata,
    ReadableProperties properties,
    InboxTransactions transactions,
    SyncCheckpoints checkpoints,
    PatientCalls calls,
    IDbContextFactory<LucitraDbContext> contexts,
    IOptions<SyncOptions> options,
    TimeProvider clock)
{
    private long _changed;

    /// <summary>Reads the parts of these accounts; begins anew where asked to.</summary>
    public async Task<long> RunAsync(
        IReadOnlyList<HubSpotClient> portals, BackfillParts parts, bool restart, Action<BackfillProgress> report, CancellationToken cancellationToken)
    {
        _changed = 0;
        if (parts.HasFlag(BackfillParts.Metadata))
        {
            await calls.RunAsync(
                async () =>
                {
                    await metadata.RefreshAsync(HubSpotCallPriority.Backfill, cancellationToken);
                    return true;
                },
                cancellationToken);
        }

        foreach (var portal in portals)
        {
            var steps = BackfillStep.Of(parts, portal.PortalId).ToList();
            if (restart || await AreCompleteAsync(steps, cancellationToken))
                await checkpoints.ForgetAsync(steps.ConvertAll(step => step.Name), cancellationToken);
            foreach (var step in steps)
                await RunAsync(portal, step, report, cancellationToken);
        }

        return _changed;
    }

    private async Task<bool> AreCompleteAsync(List<BackfillStep> steps, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            if (await checkpoints.FindAsync(step.Name, cancellationToken) is not { CompletedAt: not null })
                return false;
        }

        return true;
    }

    private async Task RunAsync(HubSpotClient portal, BackfillStep step, Action<BackfillProgress> report, CancellationToken cancellationToken)
    {
        var checkpoint = await checkpoints.FindAsync(step.Name, cancellationToken);
        if (checkpoint?.CompletedAt is not null)
            return;

        var startedAt = checkpoint?.StartedAt ?? clock.UtcNow();
        var (cursor, read) = (checkpoint?.Cursor, checkpoint?.Done ?? 0);
        var names = step.Part == BackfillParts.Links ? [] : await properties.OfAsync(step.ObjectType, cancellationToken);
        BackfillPage page;
        do
        {
            page = await calls.RunAsync(
                () => step.Part == BackfillParts.Links ? LinksAsync(portal, step, cursor, cancellationToken) : ListAsync(portal, step, names, cursor, cancellationToken),
                cancellationToken);
            var taken = page;
            _changed += await transactions.RunAsync(
                async (services, token) =>
                {
                    var changed = await services.GetServices<IRecordSnapshots>().Single(one => one.ObjectType == step.ObjectType).ApplyAsync(taken.Snapshot, token);
                    var db = services.GetRequiredService<LucitraDbContext>();
                    await checkpoints.MoveAsync(db, step.Name, taken.Next, taken.Records, taken.Next is null, startedAt, token);
                    return changed;
                },
                cancellationToken);
            (cursor, read) = (page.Next, read + page.Records);
            report(new BackfillProgress(step.Name, read, _changed));
        }
        while (page.Next is not null);
    }

    private static async Task<BackfillPage> ListAsync(
        HubSpotClient portal, BackfillStep step, IReadOnlyList<string> names, string? cursor, CancellationToken cancellationToken)
    {
        var page = await portal.ListAsync(step.ObjectType, cursor, HubSpotClient.MaxBatch, names, step.IsArchived, HubSpotCallPriority.Backfill, cancellationToken);
        return new BackfillPage(new RecordSnapshot(portal.PortalId, names, page.ReadAt) { Found = page.Results }, page.Results.Count, page.After);
    }

    // The deals that are here by now: a thousand a call, where a page of a list has a hundred.
    private async Task<BackfillPage> LinksAsync(HubSpotClient portal, BackfillStep step, string? cursor, CancellationToken cancellationToken)
    {
        var after = cursor is null ? 0 : long.Parse(cursor, CultureInfo.InvariantCulture);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.HubSpotRecords
            .Where(alias => alias.PortalId == portal.PortalId && alias.ObjectType == step.ObjectType && alias.ObjectId > after)
            .Join(db.Deals, alias => alias.RecordId, deal => deal.Id, (alias, deal) => new { alias.ObjectId, deal.HubSpotId, deal.ArchivedAt })
            .OrderBy(row => row.ObjectId)
            .Take(HubSpotClient.MaxLinkBatch)
            .ToListAsync(cancellationToken);

        // An id that a merge replaced is linked to nothing, which says nothing of the record it stands for.
        var keys = rows
            .Select(row => (Key: new RecordKey(portal.PortalId, row.ObjectId), row.HubSpotId, row.ArchivedAt))
            .Where(row => row.ArchivedAt is null && row.HubSpotId == row.Key.HubSpotId)
            .Select(row => row.Key)
            .ToList();
        var source = new RecordSource(portal, step.ObjectType, [], HubSpotCallPriority.Backfill);
        var snapshot = await source.WithLinksAsync(new RecordSnapshot(portal.PortalId, [], clock.UtcNow()), keys, options.Value.LinkLag, cancellationToken);
        var isEnd = rows.Count < HubSpotClient.MaxLinkBatch;
        return new BackfillPage(snapshot, keys.Count, isEnd ? null : rows[^1].ObjectId.ToString(CultureInfo.InvariantCulture));
    }

    private sealed record BackfillPage(RecordSnapshot Snapshot, int Records, string? Next);
}
