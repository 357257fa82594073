using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.Sync;

/// <summary>
/// A record of HubSpot's that is to be read, however many events asked for it. Gone when it was read and nobody has asked
/// again meanwhile.
/// </summary>
internal sealed class RecordRead
{
    public long PortalId { get; set; }

    public required string ObjectType { get; set; }

    public long ObjectId { get; set; }

    public RecordReadParts Parts { get; set; }

    /// <summary>When it was first asked for.</summary>
    public DateTime AskedAt { get; set; }

    /// <summary>When it may be read; while it is being read, when another reader may take it over.</summary>
    public DateTime DueAt { get; set; }

    /// <summary>Grows whenever somebody asks.</summary>
    public int Version { get; set; }

    /// <summary>How often reading it failed.</summary>
    public int Attempts { get; set; }
}

/// <summary>What of a record is to be read.</summary>
[Flags]
internal enum RecordReadParts
{
    /// <summary>Its properties and whether it is archived.</summary>
    Record = 1,

    /// <summary>The deals of a contact, or the contacts of a deal.</summary>
    Links = 2,
}

internal sealed class RecordReadConfiguration : IEntityTypeConfiguration<RecordRead>
{
    public void Configure(EntityTypeBuilder<RecordRead> read)
    {
        read.HasKey(r => new { r.PortalId, r.ObjectType, r.ObjectId });
        read.Property(r => r.ObjectType).HasMaxLength(50);
        read.Property(r => r.Version).IsConcurrencyToken();
        read.HasIndex(r => r.DueAt);
    }
}
