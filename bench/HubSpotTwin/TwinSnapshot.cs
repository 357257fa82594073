namespace Lucitra.Twin;

/// <summary>A record as HubSpot has it: what a judge compares with. Values are as the API writes them; one that was cleared is null.</summary>
public sealed record TwinRecord(
    long Id, IReadOnlyDictionary<string, string?> Properties, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? ArchivedAt);

/// <summary>A link between two live records.</summary>
public sealed record TwinLink(long ContactId, long DealId, bool DecisionMaker);

/// <summary>
/// The records of one type in a portal. Aliases are ids that merges took away, each with the id it leads to in the end; erased
/// are the ids that were erased for privacy, with those once merged into them.
/// </summary>
public sealed record TwinRecords(
    IReadOnlyDictionary<long, TwinRecord> Live,
    IReadOnlyDictionary<long, TwinRecord> Archived,
    IReadOnlyDictionary<long, long> Aliases,
    IReadOnlySet<long> Erased);

public sealed record TwinPortal(long Id, TwinRecords Contacts, TwinRecords Deals, IReadOnlySet<TwinLink> Links);

/// <summary>Everything the twin knows at one moment.</summary>
public sealed record TwinSnapshot(IReadOnlyDictionary<long, TwinPortal> Portals);
