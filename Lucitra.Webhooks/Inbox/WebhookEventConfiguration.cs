using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Webhooks.Inbox;

internal sealed class WebhookEventConfiguration : IEntityTypeConfiguration<WebhookEvent>
{
    private const int StatusLength = 16;
    private const int TraceIdLength = 32;

    public void Configure(EntityTypeBuilder<WebhookEvent> builder)
    {
        builder.ToTable("webhook_events");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Key).HasMaxLength(FactKey.Length);
        builder.Property(row => row.ObjectType).HasMaxLength(EventElement.MaxNameLength);
        builder.Property(row => row.RelatedObjectType).HasMaxLength(EventElement.MaxNameLength);
        builder.Property(row => row.Kind).HasMaxLength(EventElement.MaxNameLength);
        builder.Property(row => row.SubscriptionType).HasMaxLength(EventElement.MaxNameLength);
        builder.Property(row => row.PropertyName).HasMaxLength(EventElement.MaxNameLength);
        builder.Property(row => row.TraceId).HasMaxLength(TraceIdLength);
        builder.Property(row => row.Status).HasMaxLength(StatusLength).HasConversion(
            status => status.ToString().ToUpperInvariant(),
            text => Enum.Parse<WebhookEventStatus>(text, ignoreCase: true));

        // Two workers that try one event at the same time both count an attempt: only the first may commit. A replay starts
        // the count anew, and is told from the attempts before it by its time.
        builder.Property(row => row.Attempts).IsConcurrencyToken();
        builder.Property(row => row.NextAttemptAt).IsConcurrencyToken();

        // Never changes; named in every update, it leads the database to the one partition that holds the row.
        builder.Property(row => row.OccurredOn).IsConcurrencyToken();

        builder.HasIndex(row => new { row.Key, row.OccurredOn }).IsUnique();
        builder.HasIndex(row => new { row.Status, row.NextAttemptAt });
        builder.HasIndex(row => new { row.PortalId, row.RelatedObjectId });
        builder.HasIndex(row => new { row.Status, row.ReceivedAt });
        builder.HasIndex(row => new { row.Status, row.ProcessedAt });
        builder.HasIndex(row => new { row.PortalId, row.ObjectType, row.ObjectId, row.ReceivedAt });
    }
}
