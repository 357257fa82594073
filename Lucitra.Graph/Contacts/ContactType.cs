using Lucitra.Graph.Records;
using Lucitra.Graph.Schema;

namespace Lucitra.Graph.Contacts;

/// <summary>The GraphQL type of <see cref="Contact"/>.</summary>
internal sealed class ContactType : CrmRecordType<Contact>
{
    public ContactType(EntityReader reader)
        : base(reader, ContactProperties.Columns)
    {
        Column(c => c.Email);
        Column(c => c.FirstName);
        Column(c => c.LastName);
        Column(c => c.Phone);
        Column(c => c.Company);
        Column(c => c.JobTitle);
        Column(c => c.LifecycleStage);
        Column(c => c.LeadStatus);
        Column(c => c.OwnerId);
        List(c => c.Deals);
        RecordFields(
            c => c.Email, c => c.FirstName, c => c.LastName, c => c.Phone, c => c.Company,
            c => c.JobTitle, c => c.LifecycleStage, c => c.LeadStatus, c => c.OwnerId);
    }
}
