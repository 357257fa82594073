using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.WriteBack;

/// <summary>
/// Keeps events about records that this server is just creating in HubSpot from making second ones: while a creation is under
/// way, an event of a record that is not known here may be about it. Scoped.
/// </summary>
internal sealed class OpenCreations(LucitraDbContext db, Outbox outbox, TimeProvider clock)
{
    private const string Reason = "WAITING: it may be about a record that is just being created from here";

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    // Time to hear of a creation whose answer was lost. When HubSpot is away for longer, other records must not wait for it.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Postpones events that may be about such a record: those caused by this app until it is known what became of every
    /// creation, others for the time that it takes to hear of one.
    /// </summary>
    public async Task PostponeAsync<T>(
        string objectType, IReadOnlyList<InboxEvent> events, RecordIdentities<T> records, CancellationToken cancellationToken)
        where T : CrmRecord, new()
    {
        if (!outbox.IsOn || events.Where(e => IsOfUnknown(e.Fact, records)).ToList() is not { Count: > 0 } unknown)
            return;

        var now = clock.UtcNow();
        var recently = UtcTime.Truncate(now - _patience);
        var open = await db.HubSpotSyncs.AsNoTracking()
            .Where(row => row.ObjectType == objectType && row.CreatingSince != null && row.State == HubSpotSyncState.Pending)
            .Select(row => new { row.PortalId, IsRecent = row.LeasedUntil > now || row.CreatingSince > recently })
            .Distinct()
            .ToListAsync(cancellationToken);
        foreach (var e in unknown.Where(e => open.Exists(row => row.PortalId == e.Fact.PortalId && (row.IsRecent || RecordEvents.IsOwnWrite(e.Fact)))))
            e.Postpone(UtcTime.Truncate(now + _pause), Reason);
    }

    private static bool IsOfUnknown<T>(HubSpotEvent fact, RecordIdentities<T> records)
        where T : CrmRecord, new() =>
        fact is { Merge: null, Association: null, ObjectId: { } id } && records.Find(new RecordKey(fact.PortalId, id)) is null;
}
