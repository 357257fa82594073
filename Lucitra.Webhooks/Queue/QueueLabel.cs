namespace Lucitra.Webhooks.Queue;

/// <summary>A queue as spans and metrics name it.</summary>
/// <param name="System">What kind of queue: <c>lucitra</c> is a table of the database.</param>
/// <param name="Destination">Its name there.</param>
internal sealed record QueueLabel(string System, string Destination)
{
    /// <summary>Deliveries that wait in the database.</summary>
    public static readonly QueueLabel Deliveries = new("lucitra", "queued_messages");

    /// <summary>Events that wait for another attempt.</summary>
    public static readonly QueueLabel Retries = new("lucitra", "webhook_events");

    /// <summary>A topic of Pub/Sub.</summary>
    public static QueueLabel Topic(string id) => new("gcp_pubsub", id);
}
