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

    public long? ObjectId { get; init; }

    public required DateTime OccurredAt { get; init; }

    public string? PropertyName { get; init; }

    /// <summary>The new value as text; null when it was cleared (empty text, null or no key at all).</summary>
    public string? PropertyValue { get; init; }

    /// <summary>The value is withheld (isSensitive, or the literal text REDACTED) and must be fetched by API.</summary>
    public bool IsRedacted { get; init; }

    public long? EventId { get; init; }

    public long? SubscriptionId { get; init; }

    public int? AttemptNumber { get; init; }

    public string? SubscriptionType { get; init; }

    public string? ChangeSource { get; init; }

    public string? SourceId { get; init; }
}

/// <summary>Object types that Lucitra keeps.</summary>
public static class HubSpotObjectTypes
{
    public const string Contact = "contact";
    public const string Deal = "deal";
}

/// <summary>Kinds of fact that handlers name.</summary>
public static class HubSpotEventKinds
{
    public const string Creation = "creation";
    public const string PropertyChange = "propertyChange";
    public const string Deletion = "deletion";
}
