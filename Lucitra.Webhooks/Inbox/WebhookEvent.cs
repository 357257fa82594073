namespace Lucitra.Webhooks.Inbox;

/// <summary>One fact that HubSpot told us, kept with its raw text and what became of it.</summary>
public sealed class WebhookEvent
{
    /// <summary>Stands as the day of an event that names no time.</summary>
    public static readonly DateOnly UndatedOn = new(1970, 1, 1);

    /// <summary>Identifies the row; later rows have greater ids.</summary>
    public Guid Id { get; set; }

    /// <summary>
    /// Identifies the fact, not its delivery: equal for repetitions, for redeliveries, and for the same fact told by
    /// two subscriptions or in both forms. Unique.
    /// </summary>
    public required string Key { get; set; }

    /// <summary>
    /// The day of <see cref="OccurredAt"/> in UTC, <see cref="UndatedOn"/> where there is none. Equal keys have equal days,
    /// so that a table divided by this day can still keep keys unique.
    /// </summary>
    public DateOnly OccurredOn { get; set; }

    /// <summary>The HubSpot account it is about; null when it is malformed.</summary>
    public long? PortalId { get; set; }

    /// <summary>The HubSpot app that sent it.</summary>
    public long? AppId { get; set; }

    /// <summary>Such as <c>contact</c> or <c>deal</c>; an object type id such as <c>2-143967026</c> for custom objects.</summary>
    public string? ObjectType { get; set; }

    /// <summary>The part of the subscription type after the dot, such as <c>propertyChange</c>.</summary>
    public string? Kind { get; set; }

    /// <summary>HubSpot's id of the record it is about.</summary>
    public long? ObjectId { get; set; }

    /// <summary>The record at the other end of an association event.</summary>
    public long? RelatedObjectId { get; set; }

    /// <summary>The object type of that record.</summary>
    public string? RelatedObjectType { get; set; }

    /// <summary>The subscription type as HubSpot sent it, such as <c>contact.propertyChange</c>.</summary>
    public string? SubscriptionType { get; set; }

    /// <summary>HubSpot's internal name of the property that changed; null for other kinds.</summary>
    public string? PropertyName { get; set; }

    /// <summary>When it happened in HubSpot; null when it is malformed.</summary>
    public DateTime? OccurredAt { get; set; }

    /// <summary>HubSpot's eventId: not unique, kept to talk to HubSpot's support.</summary>
    public long? EventId { get; set; }

    /// <summary>HubSpot's id of the subscription that told it.</summary>
    public long? SubscriptionId { get; set; }

    /// <summary>HubSpot's attemptNumber of the delivery that was stored: 0 for the first.</summary>
    public int? AttemptNumber { get; set; }

    /// <summary>What made the change in HubSpot, such as <c>CRM_UI</c> or <c>IMPORT</c>.</summary>
    public string? ChangeSource { get; set; }

    /// <summary>Who within that source.</summary>
    public string? SourceId { get; set; }

    /// <summary>The element of the batch, letter for letter.</summary>
    public required string Raw { get; set; }

    /// <summary>When its delivery was accepted here.</summary>
    public DateTime ReceivedAt { get; set; }

    /// <summary>What became of it.</summary>
    public WebhookEventStatus Status { get; set; }

    /// <summary>How often applying it was tried, since it was stored or last replayed.</summary>
    public int Attempts { get; set; }

    /// <summary>Why it is not applied; null when it is.</summary>
    public string? Reason { get; set; }

    /// <summary>When a RECEIVED event is tried again; null in every other status.</summary>
    public DateTime? NextAttemptAt { get; set; }

    /// <summary>When it reached its final status.</summary>
    public DateTime? ProcessedAt { get; set; }

    /// <summary>The trace of the delivery that brought it.</summary>
    public string? TraceId { get; set; }
}
