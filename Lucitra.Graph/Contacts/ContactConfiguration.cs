using Lucitra.Graph.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.Contacts;

internal sealed class ContactConfiguration : IEntityTypeConfiguration<Contact>
{
    public void Configure(EntityTypeBuilder<Contact> contact)
    {
        contact.IsCrmRecord();

        // Not unique: in HubSpot an address moves between contacts, and the events of the move arrive in any order.
        contact.HasIndex(c => new { c.Email, c.Id });
        contact.HasIndex(c => new { c.LastName, c.Id });
        contact.HasIndex(c => new { c.LifecycleStage, c.Id });

        // The latest of a stage, for which there is one best plan then, however many it has.
        contact.HasIndex(c => new { c.LifecycleStage, c.CreatedAt, c.Id });

        // HubSpot may name an owner that is not known here, so the relations have no constraints in the database (the
        // migrations leave them out).
        contact.HasOne(c => c.MergedInto).WithMany().HasForeignKey(c => c.MergedIntoId).OnDelete(DeleteBehavior.ClientNoAction);
        contact.HasOne(c => c.Owner).WithMany().HasForeignKey(c => c.OwnerId).OnDelete(DeleteBehavior.ClientNoAction);
    }
}
