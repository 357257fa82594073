using Lucitra.Webhooks.Inbox;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Webhooks.Queue;

/// <summary>The queue as a table beside the data it leads to.</summary>
internal sealed class DatabaseEventQueue(IServiceScopeFactory scopes, QueueSignal signal, QueueTelemetry telemetry) : IEventQueue
{
    public async Task EnqueueAsync(AcceptedDelivery delivery, CancellationToken cancellationToken)
    {
        using var sending = telemetry.StartSending(QueueLabel.Deliveries);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<InboxDbContext>();
        await using var write = await db.BeginWriteAsync(cancellationToken);
        db.QueuedMessages.Add(new QueuedMessage
        {
            Body = delivery.Body,
            ReceivedAt = delivery.ReceivedAt,
            TraceParent = sending.TraceParent ?? delivery.TraceParent,
        });
        await db.SaveChangesAsync(cancellationToken);
        await db.AnnounceAsync(QueueSignal.AnnouncementChannel, cancellationToken);
        write.AfterCommit(signal.Pulse);
        await write.CommitAsync(cancellationToken);
        sending.Succeeded();
    }
}
