using Lucitra.Graph.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.Owners;

internal sealed class OwnerConfiguration : IEntityTypeConfiguration<Owner>
{
    public void Configure(EntityTypeBuilder<Owner> owner)
    {
        owner.Property(o => o.Email).HasMaxLength(PropertyColumn.MaxTextLength);
        owner.Property(o => o.FirstName).HasMaxLength(PropertyColumn.MaxTextLength);
        owner.Property(o => o.LastName).HasMaxLength(PropertyColumn.MaxTextLength);
    }
}
