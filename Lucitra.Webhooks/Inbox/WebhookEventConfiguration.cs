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

        // Two workers that try one event at the same time both count an attempt: only the first may commit.
        builder.Property(row => row.Attempts).IsConcurrencyToken();

        builder.HasIndex(row => row.Key).IsUnique();
        builder.HasIndex(row => new { row.Status, row.NextAttemptAt });
        builder.HasIndex(row => new { row.PortalId, row.RelatedObjectId });
    }
}
