using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Webhooks.Crm;

internal sealed class HubSpotTokenConfiguration : IEntityTypeConfiguration<HubSpotToken>
{
    public void Configure(EntityTypeBuilder<HubSpotToken> builder)
    {
        builder.ToTable("hubspot_tokens");
        builder.HasKey(token => token.PortalId);
        builder.Property(token => token.PortalId).ValueGeneratedNever();
    }
}
