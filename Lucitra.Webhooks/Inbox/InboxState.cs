using Microsoft.EntityFrameworkCore;

namespace Lucitra.Webhooks.Inbox;

/// <summary>How much waits in the inbox at a moment, and for how long. Every figure comes from an index.</summary>
/// <param name="QueuedDeliveries">Deliveries in the queue.</param>
/// <param name="EventsToRetry">Events in status RECEIVED.</param>
/// <param name="DeadEvents">Events in status DEAD.</param>
/// <param name="OldestQueued">How long the oldest delivery has been in the queue; zero when the queue is empty.</param>
/// <param name="OldestDue">For how long the next attempt of an event has been due at most; zero when none is due.</param>
/// <param name="Lag">How long ago the oldest event that is not applied yet came in; zero when there is none.</param>
public sealed record InboxState(
    int QueuedDeliveries, int EventsToRetry, int DeadEvents, TimeSpan OldestQueued, TimeSpan OldestDue, TimeSpan Lag)
{
    public static async Task<InboxState> ReadAsync(InboxDbContext db, DateTime now, CancellationToken cancellationToken)
    {
        var received = db.WebhookEvents.Where(row => row.Status == WebhookEventStatus.Received);
        var oldestQueued = await db.QueuedMessages.OrderBy(message => message.Id).Select(message => (DateTime?)message.ReceivedAt)
            .FirstOrDefaultAsync(cancellationToken);
        var oldestReceived = await received.MinAsync(row => (DateTime?)row.ReceivedAt, cancellationToken);
        return new InboxState(
            await db.QueuedMessages.CountAsync(cancellationToken),
            await received.CountAsync(cancellationToken),
            await db.WebhookEvents.CountAsync(row => row.Status == WebhookEventStatus.Dead, cancellationToken),
            Since(oldestQueued, now),
            Since(await received.MinAsync(row => row.NextAttemptAt, cancellationToken), now),
            Since(oldestQueued < oldestReceived ? oldestQueued : oldestReceived ?? oldestQueued, now));
    }

    private static TimeSpan Since(DateTime? start, DateTime now) => start < now ? now - start.Value : TimeSpan.Zero;
}
