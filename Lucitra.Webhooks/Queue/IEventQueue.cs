namespace Lucitra.Webhooks.Queue;

/// <summary>Where accepted deliveries wait for the worker.</summary>
public interface IEventQueue
{
    /// <summary>Keeps a delivery. When this returns it survives a crash; when it throws HubSpot is asked to send it again.</summary>
    Task EnqueueAsync(AcceptedDelivery delivery, CancellationToken cancellationToken);
}
