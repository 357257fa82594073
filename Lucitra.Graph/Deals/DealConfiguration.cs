using Lucitra.Graph.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.Deals;

internal sealed class DealConfiguration : IEntityTypeConfiguration<Deal>
{
    public void Configure(EntityTypeBuilder<Deal> deal)
    {
        deal.IsCrmRecord();
        deal.HasIndex(d => new { d.StageId, d.Id });
        deal.HasIndex(d => new { d.PipelineId, d.StageId });
        deal.HasIndex(d => new { d.CloseDate, d.Id });
        deal.HasIndex(d => new { d.Amount, d.Id });

        // HubSpot tells a deal's stage, pipeline and owner apart and may name ones that are not known here, so none of
        // these relations has a constraint in the database (the migrations leave them out).
        deal.HasOne(d => d.MergedInto).WithMany().HasForeignKey(d => d.MergedIntoId).OnDelete(DeleteBehavior.ClientNoAction);
        deal.HasOne(d => d.Pipeline).WithMany().HasForeignKey(d => d.PipelineId).OnDelete(DeleteBehavior.ClientNoAction);
        deal.HasOne(d => d.Stage).WithMany()
            .HasForeignKey(d => new { d.PipelineId, d.StageId })
            .HasPrincipalKey(s => new { s.PipelineId, s.HubSpotId })
            .OnDelete(DeleteBehavior.ClientNoAction);
        deal.HasOne(d => d.Owner).WithMany().HasForeignKey(d => d.OwnerId).OnDelete(DeleteBehavior.ClientNoAction);
        deal.HasMany(d => d.Contacts).WithMany(c => c.Deals).UsingEntity<DealContact>(
            right => right.HasOne<Contacts.Contact>().WithMany().HasForeignKey(link => link.ContactId),
            left => left.HasOne<Deal>().WithMany().HasForeignKey(link => link.DealId),
            link => link.ToTable("deal_contacts").HasKey(row => new { row.ContactId, row.DealId }));
    }
}
