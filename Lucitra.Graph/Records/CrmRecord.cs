using Lucitra.Graph.WriteBack;

namespace Lucitra.Graph.Records;

/// <summary>
/// What contacts and deals have in common: typed columns for the properties everybody asks for, one document for all
/// the others, and for every property a stamp that says when and by what it got its value.
/// </summary>
internal abstract class CrmRecord
{
    /// <summary>Identifies the record in this service for as long as it exists.</summary>
    public Guid Id { get; set; }

    /// <summary>The HubSpot account (portal) the record belongs to; null for a record created here and not yet in HubSpot.</summary>
    public long? PortalId { get; set; }

    /// <summary>HubSpot's id of the record, unique within its portal and object type; null for a record created here and not yet in HubSpot.</summary>
    public string? HubSpotId { get; set; }

    /// <summary>When the record came into being: the earliest moment that any of its events names.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>When the record last changed here.</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>When the record was archived (deleted in HubSpot); null while it is live.</summary>
    public DateTime? ArchivedAt { get; set; }

    /// <summary>The record into which HubSpot merged this one; null unless it was merged away. A merged record is archived.</summary>
    public Guid? MergedIntoId { get; set; }

    /// <summary>HubSpot's own time of the last change that a read of the whole record has brought here; null when it was never read.</summary>
    public DateTime? HubSpotUpdatedAt { get; set; }

    /// <summary>Grows by at least one with every change: equal versions mean equal content.</summary>
    public int Version { get; set; }

    /// <summary>
    /// Grows with every write of the row, also of what nobody sees, such as which of its values HubSpot has: who has read it before
    /// does not overwrite that.
    /// </summary>
    public int Revision { get; set; }

    /// <summary>
    /// Text of the properties that have no column of their own, and of those whose text their column could not take.
    /// Replaced as a whole when it changes, so that change tracking sees it.
    /// </summary>
    public Dictionary<string, string> Properties { get; set; } = [];

    /// <summary>By property: when and by what it got its value. Replaced as a whole when it changes.</summary>
    public Dictionary<string, Stamp> Stamps { get; set; } = [];

    /// <summary>How far HubSpot has what was written here; null where nothing was while write-back was on.</summary>
    public HubSpotSync? HubSpotSync { get; set; }
}
