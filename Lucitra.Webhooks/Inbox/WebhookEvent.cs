namespace Lucitra.Webhooks.Inbox;

/// <summary>One fact that HubSpot told us, kept with its raw text and what became of it.</summary>
public sealed class WebhookEvent
{
    public Guid Id { get; set; }

    /// <summary>
    /// Identifies the fact, not its delivery: equal for repetitions, for redeliveries, and for the same fact told by
    /// two subscriptions or in both forms. Unique.
    /// </summary>
    public required string Key { get; set; }

    public long? PortalId { get; set; }

    public long? AppId { get; set; }

    /// <summary>Such as <c>contact</c> or <c>deal</c>; an object type id such as <c>2-143967026</c> for custom objects.</summary>
    public string? ObjectType { get; set; }

    /// <summary>The part of the subscription type after the dot, such as <c>propertyChange</c>.</summary>
    public string? Kind { get; set; }

    public long? ObjectId { get; set; }

    /// <summary>The record at the other end of an association event.</summary>
    public long? RelatedObjectId { get; set; }

    /// <summary>The object type of that record.</summary>
    public string? RelatedObjectType { get; set; }

    public string? SubscriptionType { get; set; }

    public string? PropertyName { get; set; }

    public DateTime? OccurredAt { get; set; }

    /// <summary>HubSpot's eventId: not unique, kept to talk to HubSpot's support.</summary>
    public long? EventId { get; set; }

    public long? SubscriptionId { get; set; }

    /// <summary>HubSpot's attemptNumber of the delivery that was stored: 0 for the first.</summary>
    public int? AttemptNumber { get; set; }

    public string? ChangeSource { get; set; }

    public string? SourceId { get; set; }

    /// <summary>The element of the batch, letter for letter.</summary>
    public required string Raw { get; set; }

    public DateTime ReceivedAt { get; set; }

    public WebhookEventStatus Status { get; set; }

    /// <summary>How often applying it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>Why it is not applied; null when it is.</summary>
    public string? Reason { get; set; }

    /// <summary>When a RECEIVED event is tried again; null in every other status.</summary>
    public DateTime? NextAttemptAt { get; set; }

    /// <summary>When it reached its final status.</summary>
    public DateTime? ProcessedAt { get; set; }

    public string? TraceId { get; set; }
}
