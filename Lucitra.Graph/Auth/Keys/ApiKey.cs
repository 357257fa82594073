using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.Auth.Keys;

/// <summary>A key with which a program calls. Its secret was shown once and is not kept.</summary>
internal sealed class ApiKey
{
    public const int MaxNameLength = 200;

    /// <summary>The part of the key that identifies it and may be shown: `lucitra_live_ID_…`.</summary>
    public required string Id { get; set; }

    /// <summary>What people call it.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the secret, which is random enough for it.</summary>
    public required byte[] Hash { get; set; }

    /// <summary>What it may do.</summary>
    public Scopes Scopes { get; set; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; set; }

    /// <summary>When it was made.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>When it ends; null when it does not by itself. A key that was replaced ends when the time for both is over.</summary>
    public DateTime? ExpiresAt { get; set; }

    /// <summary>When it was revoked; null while it was not.</summary>
    public DateTime? RevokedAt { get; set; }

    /// <summary>When it was used last, to the minute; null when never.</summary>
    public DateTime? LastUsedAt { get; set; }

    /// <summary>The address that it was used from last.</summary>
    public string? LastUsedAddress { get; set; }

    /// <summary>The key that replaces it; null while none does.</summary>
    public string? ReplacedById { get; set; }

    public bool IsGoodAt(DateTime now) => RevokedAt is null && !(ExpiresAt <= now);
}

/// <summary>An address that a key was used from.</summary>
internal sealed class ApiKeyAddress
{
    public required string KeyId { get; set; }

    public required string Address { get; set; }

    public DateTime FirstUsedAt { get; set; }
}

internal sealed class ApiKeyConfiguration : IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<ApiKeyAddress>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.ToTable("api_keys");
        key.Property(k => k.Id).HasMaxLength(ApiKeyText.IdLength);
        key.Property(k => k.Name).HasMaxLength(ApiKey.MaxNameLength);
        key.Property(k => k.CreatedBy).HasMaxLength(User.MaxEmailLength);
        key.Property(k => k.LastUsedAddress).HasMaxLength(64);
        key.Property(k => k.ReplacedById).HasMaxLength(ApiKeyText.IdLength);
        key.Property(k => k.Scopes).HasConversion(scopes => string.Join(' ', ScopeNames.Of(scopes)), text => ScopeNames.Parse(text)).HasMaxLength(400);
    }

    public void Configure(EntityTypeBuilder<ApiKeyAddress> address)
    {
        address.ToTable("api_key_addresses");
        address.HasKey(a => new { a.KeyId, a.Address });
        address.Property(a => a.KeyId).HasMaxLength(ApiKeyText.IdLength);
        address.Property(a => a.Address).HasMaxLength(64);
        address.HasOne<ApiKey>().WithMany().HasForeignKey(a => a.KeyId).OnDelete(DeleteBehavior.Cascade);
    }
}
