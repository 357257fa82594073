using Lucitra.Graph.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.Timeline;

internal sealed class RecordChangeConfiguration : IEntityTypeConfiguration<RecordChange>
{
    public void Configure(EntityTypeBuilder<RecordChange> change)
    {
        change.HasKey(c => c.Position);
        change.Ignore(c => c.At);
        change.Property(c => c.RecordType).HasMaxLength(50);
        change.Property(c => c.Kind).HasConversion<UpperSnakeConverter<RecordChangeKind>>().HasMaxLength(20);
        change.Property(c => c.Fields).IsJson();
        change.Property(c => c.TraceParent).HasMaxLength(55);
        change.HasIndex(c => new { c.TransactionId, c.Position });
        change.HasIndex(c => new { c.RecordId, c.Position });
    }
}
