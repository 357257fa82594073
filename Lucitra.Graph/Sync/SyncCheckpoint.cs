using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.Sync;

/// <summary>How far work on a whole HubSpot account has come. Written in the transaction of the work it stands for.</summary>
internal sealed class SyncCheckpoint
{
    /// <summary>What the work is, such as <c>backfill:21478362:contact</c>.</summary>
    public required string Name { get; set; }

    /// <summary>Where the work goes on; null before its first step.</summary>
    public string? Cursor { get; set; }

    /// <summary>How many records it has covered.</summary>
    public long Done { get; set; }

    public DateTime StartedAt { get; set; }

    public DateTime UpdatedAt { get; set; }

    /// <summary>When the work came to its end; null while there is some left.</summary>
    public DateTime? CompletedAt { get; set; }
}

internal sealed class SyncCheckpointConfiguration : IEntityTypeConfiguration<SyncCheckpoint>
{
    public void Configure(EntityTypeBuilder<SyncCheckpoint> checkpoint)
    {
        checkpoint.ToTable("sync_checkpoints");
        checkpoint.HasKey(c => c.Name);
        checkpoint.Property(c => c.Name).HasMaxLength(100);
        checkpoint.Property(c => c.Cursor).HasMaxLength(200);
    }
}
