using Lucitra.Graph.Database;
using Lucitra.Graph.WriteBack;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.Records;

internal static class CrmRecordConfiguration
{
    public static void IsCrmRecord<T>(this EntityTypeBuilder<T> record)
        where T : CrmRecord
    {
        record.Property(r => r.Id).ValueGeneratedNever();
        record.Property(r => r.Version).IsConcurrencyToken();
        record.Property(r => r.Revision).IsConcurrencyToken();
        record.Property(r => r.Properties).IsJson();
        record.Property(r => r.Stamps).IsJson();
        HubSpotSyncConfiguration.Relate(record);
        record.HasIndex(r => new { r.PortalId, r.HubSpotId });
        record.HasIndex(r => new { r.CreatedAt, r.Id });
        record.HasIndex(r => new { r.UpdatedAt, r.Id });
    }
}

internal sealed class HubSpotRecordConfiguration : IEntityTypeConfiguration<HubSpotRecord>
{
    public void Configure(EntityTypeBuilder<HubSpotRecord> alias)
    {
        alias.HasKey(a => new { a.PortalId, a.ObjectType, a.ObjectId });
        alias.Property(a => a.ObjectType).HasMaxLength(50);
        alias.HasIndex(a => a.RecordId);
    }
}
