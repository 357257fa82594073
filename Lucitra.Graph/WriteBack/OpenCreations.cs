using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.WriteBack;

/// <summary>
/// Keeps the news of records that this server is just creating in HubSpot from making second ones: until a creation is answered, an
/// event that this app caused of a record that is not known here may be about it. What others do to such a record meanwhile may
/// make a second one, which the answer merges into the first. Scoped.
/// </summary>
internal sealed class OpenCreations(LucitraDbContext db, Outbox outbox, TimeProvider clock)
{
    private const string Reason = "WAITING: it may be about a record that is just being created from here";

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <summary>Postpones events that may be about such a record, until it is known what became of every creation that was asked for before.</summary>
    public async Task PostponeAsync<T>(
        string objectType, IReadOnlyList<InboxEvent> events, RecordIdentities<T> records, CancellationToken cancellationToken)
        where T : CrmRecord, new()
    {
        if (!outbox.IsOn || events.Where(e => RecordEvents.IsOwnWrite(e.Fact) && IsOfUnknown(e.Fact, records)).ToList() is not { Count: > 0 } unknown)
            return;

        var open = await db.HubSpotSyncs.AsNoTracking()
            .Where(row => row.ObjectType == objectType && row.CreatingSince != null && row.State == HubSpotSyncState.Pending)
            .GroupBy(row => row.PortalId)
            .Select(portal => new { PortalId = portal.Key, AskedAt = portal.Min(row => row.AskedAt) })
            .ToListAsync(cancellationToken);
        foreach (var e in unknown.Where(e => open.Exists(portal => portal.PortalId == e.Fact.PortalId && portal.AskedAt - CreatedRecords.ClockSkew <= e.Fact.OccurredAt)))
            e.Postpone(UtcTime.Truncate(clock.UtcNow() + _pause), Reason);
    }

    private static bool IsOfUnknown<T>(HubSpotEvent fact, RecordIdentities<T> records)
        where T : CrmRecord, new() =>
        fact is { Merge: null, Association: null, ObjectId: { } id } && records.Find(new RecordKey(fact.PortalId, id)) is null;
}
