using Lucitra.Graph.Database;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Lucitra.Webhooks.Erasure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.WriteBack;

/// <summary>
/// Sends what the outbox holds, a hundred records of one kind and account at a time, each in one hand only. What is sent is noted
/// beforehand, so that a kill between a call and its commit repeats what may be repeated and looks for what may not.
/// </summary>
internal sealed class OutboxSender(
    HubSpotPortals portals, RecordSender sender, OutboxSchedule schedule, InboxTransactions transactions, IOptions<WriteBackOptions> options, TimeProvider clock)
{
    private const int MaxParallelCalls = 4;

    // Well within the lease.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <summary>Sends the records that have been due longest; false when none are.</summary>
    public async Task<bool> SendDueAsync(CancellationToken cancellationToken)
    {
        var home = options.Value.PortalId ?? (await portals.AllAsync(cancellationToken)).Single().PortalId;
        var claim = await transactions.RunAsync((services, token) => ClaimAsync(services, home, token), cancellationToken);
        if (claim is null)
            return false;

        using var limit = new CancellationTokenSource(_patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        if (await portals.FindAsync(claim.PortalId, cancellationToken) is not { } portal)
        {
            var refusal = new SendRefusal(HubSpotSyncErrorCode.NoAccount, $"There are no credentials for the HubSpot account {claim.PortalId}.", []);
            await SettleAsync(claim, [.. claim.Records.Select(record => new SentRecord(record) { Refusal = refusal })], cancellationToken);
            return true;
        }

        var updates = claim.Records.Where(record => record.Step == OutgoingStep.Update).ToList();
        await SendAsync(claim, updates, IsLate, () => sender.SendAsync(portal, claim.ObjectType, updates, either.Token), cancellationToken);
        var lookUp = sender.LookUp(portal, claim.ObjectType, claim.Records.Where(record => record.Step == OutgoingStep.FindCreated), either.Token);
        await Parallel.ForEachAsync(
            claim.Records.Except(updates),
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallelCalls, CancellationToken = cancellationToken },
            async (record, token) => await SendAsync(
                claim, [record], IsLate, async () => [await sender.SendAsync(portal, claim.ObjectType, record, lookUp, either.Token)], token));
        return true;

        bool IsLate() => limit.IsCancellationRequested;
    }

    private async Task SendAsync(
        OutboxClaim claim, List<OutgoingRecord> records, Func<bool> isLate, Func<Task<IReadOnlyList<SentRecord>>> send, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
            return;

        IReadOnlyList<SentRecord> sent;
        try
        {
            sent = isLate() ? Delayed(mayBeDone: false) : await send();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It took too long, and nobody knows how far it came.
            sent = Delayed(mayBeDone: true);
        }

        await SettleAsync(claim, sent, cancellationToken);

        List<SentRecord> Delayed(bool mayBeDone) =>
            records.ConvertAll(record => new SentRecord(record) { Delay = new SendDelay(HubSpotSyncErrorCode.Unavailable, null, mayBeDone) });
    }

    private Task<bool> SettleAsync(OutboxClaim claim, IReadOnlyList<SentRecord> sent, CancellationToken cancellationToken) =>
        transactions.RunAsync(
            async (services, token) =>
            {
                await services.GetRequiredService<InboxErasure>().EnterAsync(alone: false, token);
                var settlement = services.GetRequiredService<Settlement>();
                foreach (var one in sent)
                    await settlement.SettleAsync(claim.ObjectType, one, token);
                return true;
            },
            cancellationToken);

    private async Task<OutboxClaim?> ClaimAsync(IServiceProvider services, long home, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<LucitraDbContext>();
        var now = clock.UtcNow();
        var due = db.HubSpotSyncs.Where(row => row.DueAt <= now && (row.LeasedUntil == null || row.LeasedUntil <= now));
        if (await due.OrderBy(row => row.DueAt).FirstOrDefaultAsync(cancellationToken) is not { } first)
            return null;

        var portalId = first.PortalId ?? home;
        var rows = await due
            .Where(row => row.ObjectType == first.ObjectType && (row.PortalId ?? home) == portalId)
            .OrderBy(row => row.DueAt)
            .Take(HubSpotClient.MaxBatch)
            .ToListAsync(cancellationToken);
        var records = await services.GetServices<IOutgoingRecords>().Single(kind => kind.ObjectType == first.ObjectType).LoadAsync(rows, cancellationToken);
        foreach (var row in rows)
        {
            schedule.Take(row);
            row.PortalId = portalId;
            if (records.FirstOrDefault(record => record.RecordId == row.RecordId) is not { } record)
                db.Remove(row);
            else if (record.Step == OutgoingStep.Create)
            {
                // Should this worker be killed, nobody knows when, within its lease, it made its call.
                (row.CreatingSince, row.CreatedWith) = (row.LeasedUntil, record.Values.ToDictionary(value => value.Key, value => value.Value!));
            }
        }

        return new OutboxClaim(portalId, first.ObjectType, records);
    }
}

/// <summary>What a worker has in hand.</summary>
internal sealed record OutboxClaim(long PortalId, string ObjectType, IReadOnlyList<OutgoingRecord> Records);
