using Lucitra.Webhooks.Queue.PubSub;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Queue;

/// <summary>Section <c>Queue</c>: where accepted deliveries wait for the worker.</summary>
public sealed class QueueOptions
{
    public const string Section = "Queue";

    /// <summary>
    /// <c>Database</c> keeps deliveries in a table beside the data; <c>PubSub</c> publishes them to Google Cloud Pub/Sub. Default
    /// Database. A worker empties the table in both cases, so what waits there during a change of provider is applied.
    /// </summary>
    public QueueProvider Provider { get; set; } = QueueProvider.Database;

    /// <summary>Google Cloud Pub/Sub, for the provider of that name.</summary>
    [ValidateObjectMembers]
    public PubSubOptions PubSub { get; set; } = new();
}

/// <summary>What keeps accepted deliveries.</summary>
public enum QueueProvider
{
    /// <summary>The table <c>queued_messages</c>.</summary>
    Database,

    /// <summary>A topic of Google Cloud Pub/Sub.</summary>
    PubSub,
}
