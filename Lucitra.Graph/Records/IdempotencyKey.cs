using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.Records;

/// <summary>The first answer to a mutation that may be repeated.</summary>
internal sealed class IdempotencyKey
{
    /// <summary>A hash over caller, mutation and the caller's key.</summary>
    public required string Key { get; set; }

    /// <summary>A hash over the input, to tell a repetition from a mistake.</summary>
    public required string InputHash { get; set; }

    /// <summary>The record that was written; null when rules were broken.</summary>
    public Guid? RecordId { get; set; }

    /// <summary>The rules that were broken, as JSON.</summary>
    public string? Errors { get; set; }

    public DateTime ExpiresAt { get; set; }
}

internal sealed class IdempotencyKeyConfiguration : IEntityTypeConfiguration<IdempotencyKey>
{
    private const int HashLength = 43;

    public void Configure(EntityTypeBuilder<IdempotencyKey> key)
    {
        key.ToTable("idempotency_keys");
        key.HasKey(k => k.Key);
        key.Property(k => k.Key).HasMaxLength(HashLength);
        key.Property(k => k.InputHash).HasMaxLength(HashLength);
        key.HasIndex(k => k.ExpiresAt);
    }
}
