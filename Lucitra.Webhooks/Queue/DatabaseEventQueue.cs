namespace Lucitra.Webhooks.Queue;

/// <summary>The queue as a table beside the data it leads to.</summary>
internal sealed class DatabaseEventQueue(QueueWriter writer, QueueTelemetry telemetry) : IEventQueue
{
    public async Task EnqueueAsync(AcceptedDelivery delivery, CancellationToken cancellationToken)
    {
        using var sending = telemetry.StartSending(QueueLabel.Deliveries);
        var message = new QueuedMessage
        {
            Body = delivery.Body,
            ReceivedAt = delivery.ReceivedAt,
            TraceParent = sending.TraceParent ?? delivery.TraceParent,
        };
        await writer.WriteAsync(message, cancellationToken);
        sending.Succeeded();
    }
}
