using Lucitra.Graph.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.Audit;

/// <summary>Something that somebody did to the server or its data, beyond what records themselves remember. Never changed.</summary>
internal sealed class AuditEntry
{
    /// <summary>Identifies the entry; later entries have greater ids.</summary>
    public Guid Id { get; set; }

    /// <summary>When it was done.</summary>
    public DateTime At { get; set; }

    /// <summary>Who did it: a caller's name, or `command:` and the operating system's user.</summary>
    public required string Actor { get; set; }

    /// <summary>What was done, such as `webhooks.replay`.</summary>
    public required string Action { get; set; }

    /// <summary>To what, in short.</summary>
    public required string Target { get; set; }

    /// <summary>To how many objects; null where there is nothing to count.</summary>
    public int? Count { get; set; }

    /// <summary>The address that the request came from; null for a command.</summary>
    public string? RemoteAddress { get; set; }

    /// <summary>What else belongs to it, by name.</summary>
    public Dictionary<string, string> Details { get; set; } = [];
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    private const int NameLength = 320;
    private const int AddressLength = 64;

    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("audit_entries");
        entry.Property(e => e.Id).ValueGeneratedNever();
        entry.Property(e => e.Actor).HasMaxLength(NameLength);
        entry.Property(e => e.Action).HasMaxLength(NameLength);
        entry.Property(e => e.RemoteAddress).HasMaxLength(AddressLength);
        entry.Property(e => e.Details).IsJson();
        entry.HasIndex(e => e.At);
    }
}
