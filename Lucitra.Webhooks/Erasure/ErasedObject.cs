using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Webhooks.Erasure;

/// <summary>
/// All that is left of a person whose data HubSpot told us to erase: enough to know their HubSpot id again when an event
/// names it, and not enough to find out the id.
/// </summary>
public sealed class ErasedObject
{
    internal const int HashLength = 43;

    /// <summary>HMAC-SHA256 of portal, object type and id under the salt of this database, in base64url.</summary>
    public required string Hash { get; set; }

    public DateTime ErasedAt { get; set; }
}

/// <summary>The one secret under which erased ids are hashed. The migration that makes the table fills it.</summary>
public sealed class ErasureSalt
{
    public int Id { get; set; }

    public required byte[] Value { get; set; }
}

internal sealed class ErasureConfiguration : IEntityTypeConfiguration<ErasedObject>, IEntityTypeConfiguration<ErasureSalt>
{
    public void Configure(EntityTypeBuilder<ErasedObject> erased)
    {
        erased.ToTable("erased_objects");
        erased.HasKey(one => one.Hash);
        erased.Property(one => one.Hash).HasMaxLength(ErasedObject.HashLength);
    }

    public void Configure(EntityTypeBuilder<ErasureSalt> salt)
    {
        salt.ToTable("erasure_salt");
        salt.Property(one => one.Id).ValueGeneratedNever();
    }
}
