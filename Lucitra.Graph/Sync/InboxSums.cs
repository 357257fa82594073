using Lucitra.Graph.Database;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Sync;

/// <summary>What became of everything that was acknowledged to HubSpot.</summary>
/// <param name="Queued">Deliveries whose events are not unpacked yet.</param>
/// <param name="Events">Unpacked events by what became of them.</param>
/// <param name="Reads">Records that are still to be read.</param>
internal sealed record InboxSums(long Queued, IReadOnlyDictionary<WebhookEventStatus, long> Events, long Reads)
{
    public static async Task<InboxSums> ReadAsync(IDbContextFactory<LucitraDbContext> contexts, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var events = await db.WebhookEvents.GroupBy(one => one.Status).Select(group => new { group.Key, Count = group.LongCount() }).ToListAsync(cancellationToken);
        return new InboxSums(
            await db.QueuedMessages.LongCountAsync(cancellationToken),
            Enum.GetValues<WebhookEventStatus>().ToDictionary(status => status, status => events.Find(one => one.Key == status)?.Count ?? 0),
            await db.RecordReads.LongCountAsync(cancellationToken));
    }
}
