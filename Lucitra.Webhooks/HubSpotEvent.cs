namespace Lucitra.Webhooks;

/// <summary>
/// One fact as HubSpot tells it, with the classic (<c>contact.creation</c>) and generic (<c>object.creation</c> with
/// objectTypeId <c>0-1</c>) forms made equal.
/// </summary>
public sealed record HubSpotEvent
{
    public required long PortalId { get; init; }

    public long? AppId { get; init; }

    /// <summary>One of <see cref="HubSpotObjectTypes"/>, or HubSpot's own name or type id for others.</summary>
    public required string ObjectType { get; init; }

    /// <summary>One of <see cref="HubSpotEventKinds"/>, or HubSpot's own word for others.</summary>
    public required string Kind { get; init; }

    /// <summary>The record it is about; for an association event the record the link starts from.</summary>
    public long? ObjectId { get; init; }

    public required DateTime OccurredAt { get; init; }

    public string? PropertyName { get; init; }

    /// <summary>
    /// The new value as text; null when it was cleared (empty text, null or no key at all). U+0000, which PostgreSQL cannot
    /// keep, stands as U+FFFD here and in every other text; <see cref="Inbox.WebhookEvent.Raw"/> keeps HubSpot's escape.
    /// </summary>
    public string? PropertyValue { get; init; }

    /// <summary>The value is withheld (isSensitive, or the literal text REDACTED) and must be fetched by API.</summary>
    public bool IsRedacted { get; init; }

    /// <summary>Set for association events only.</summary>
    public HubSpotAssociation? Association { get; init; }

    /// <summary>Set for merge events only.</summary>
    public HubSpotMerge? Merge { get; init; }

    public long? EventId { get; init; }

    public long? SubscriptionId { get; init; }

    public int? AttemptNumber { get; init; }

    public string? SubscriptionType { get; init; }

    public string? ChangeSource { get; init; }

    public string? SourceId { get; init; }

    /// <summary>Sent by the test button in HubSpot's app settings, about a record that does not exist.</summary>
    public bool IsTest => EventId == 100 && ObjectId == 123 && ChangeSource == "CRM";
}
