namespace Lucitra.Twin;

public enum FactKind
{
    Creation,
    PropertyChange,
    Deletion,
    Restore,
    PrivacyDeletion,
    Merge,
    AssociationChange,
}

/// <summary>Who did something.</summary>
/// <param name="Source">HubSpot's changeSource.</param>
/// <param name="SourceId">A user, an app or a subsystem.</param>
public sealed record Actor(string Source, string? SourceId)
{
    public static Actor User(int number) => new("CRM_UI", $"userId:{70_114_592 + number}");

    public static Actor App(long appId) => new("INTEGRATION", $"{appId}");
}

/// <summary>
/// Something that happened in a portal. Webhooks tell of it, in one form or two. ObjectId is the record, the primary one of a
/// merge, or the end that tells of a link; OccurredAt is in milliseconds since 1970 by the twin's clock.
/// </summary>
public sealed record TwinFact(long PortalId, ObjectType Type, FactKind Kind, long ObjectId, long OccurredAt, Actor By)
{
    public string? Property { get; init; }

    /// <summary>As a webhook writes it; empty when the value was cleared.</summary>
    public string? Value { get; init; }

    public bool Sensitive { get; init; }

    public FactOfMerge? Merge { get; init; }

    public FactOfLink? Link { get; init; }
}

/// <summary>A merge. NewId is the record that came of it, and equals the primary one when that survived.</summary>
public sealed record FactOfMerge(long PrimaryId, IReadOnlyList<long> LoserIds, long NewId, int PropertiesMoved);

/// <summary>A link that came or went. TypeId is HubSpot's association type, from the end that tells.</summary>
public sealed record FactOfLink(long ToId, bool Removed, int TypeId, bool UserDefined);
