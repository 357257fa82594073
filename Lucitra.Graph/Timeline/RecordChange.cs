namespace Lucitra.Graph.Timeline;

/// <summary>
/// One committed change of one record, written in the transaction of the change. The one source of subscriptions and
/// of the history of a record.
/// </summary>
internal sealed class RecordChange
{
    public long Position { get; set; }

    /// <summary>The place of the change in commit order.</summary>
    public ChangePosition At => new(TransactionId, Position);

    /// <summary>The database's number of the transaction, where several can write at once; 0 elsewhere. With it, positions read in commit order.</summary>
    public long TransactionId { get; set; }

    /// <summary>The GraphQL type of the record.</summary>
    public required string RecordType { get; set; }

    public Guid RecordId { get; set; }

    public RecordChangeKind Kind { get; set; }

    /// <summary>The properties that changed, by HubSpot's internal names.</summary>
    public required IReadOnlyList<FieldChange> Fields { get; set; }

    public string? Source { get; set; }

    public string? SourceId { get; set; }

    /// <summary>The record's version after the change.</summary>
    public int Version { get; set; }

    /// <summary>When it happened, by the clock of whoever made it.</summary>
    public DateTime OccurredAt { get; set; }

    /// <summary>When it was written here.</summary>
    public DateTime RecordedAt { get; set; }

    /// <summary>W3C trace context of what made it, to link its delivery to it; null where nobody traced.</summary>
    public string? TraceParent { get; set; }
}

/// <summary>One property of a change, with its canonical text before and after.</summary>
/// <param name="Field">HubSpot's internal name of the property.</param>
/// <param name="Old">The text before; null when there was none.</param>
/// <param name="New">The text after; null when it was cleared.</param>
/// <param name="EventId">The webhook event that told it; null for a write to this service.</param>
/// <param name="At">When it happened, where that was before the change as a whole; null otherwise.</param>
internal sealed record FieldChange(string Field, string? Old, string? New, Guid? EventId, DateTime? At = null);

/// <summary>What a change did to its record.</summary>
internal enum RecordChangeKind
{
    Created,
    Updated,
    Archived,
    Restored,

    /// <summary>HubSpot merged the record into another one.</summary>
    Merged,

    /// <summary>All that was known of a person was erased.</summary>
    Erased,
}
