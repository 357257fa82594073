namespace Lucitra.Webhooks.Queue;

/// <summary>One accepted delivery, waiting in the database queue until its events are in <c>webhook_events</c>.</summary>
public sealed class QueuedMessage
{
    /// <summary>Grows with every message: the order of claiming.</summary>
    public long Id { get; set; }

    /// <summary>The request body as HubSpot sent and signed it, at most <c>Webhooks:MaxBodyBytes</c>.</summary>
    public required byte[] Body { get; set; }

    public DateTime ReceivedAt { get; set; }

    /// <summary>W3C trace context of the request that brought it, to link its processing to it.</summary>
    public string? TraceParent { get; set; }
}
