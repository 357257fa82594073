using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Webhooks.Queue;

internal sealed class QueuedMessageConfiguration : IEntityTypeConfiguration<QueuedMessage>
{
    // Version, trace id, span id and flags with their hyphens.
    private const int TraceParentLength = 55;

    public void Configure(EntityTypeBuilder<QueuedMessage> builder)
    {
        builder.ToTable("queued_messages");
        builder.Property(message => message.TraceParent).HasMaxLength(TraceParentLength);
    }
}
