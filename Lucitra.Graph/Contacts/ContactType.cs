using Lucitra.Graph.Auth;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Contacts;

/// <summary>What clients see of a contact.</summary>
internal sealed class ContactType(PropertyRegistry registry) : IEntityDefinition<Contact>
{
    public void Define(EntityType<Contact> type)
    {
        type.Access(Scopes.ContactsRead);
        type.Identified(c => c.Id);
        type.Column(c => c.Email, masked: Scopes.ContactsReadPersonal);
        type.Column(c => c.FirstName);
        type.Column(c => c.LastName);
        type.Column(c => c.Phone, masked: Scopes.ContactsReadPersonal);
        type.Column(c => c.Company);
        type.Column(c => c.JobTitle);
        type.Column(c => c.LifecycleStage);
        type.Column(c => c.LeadStatus);
        type.Column(c => c.OwnerId);
        type.Reference(c => c.MergedInto);
        type.Reference(c => c.Owner);
        type.List(c => c.Deals);
        type.Record(
            new RecordProperties<Contact>(RecordType.Contact, ContactProperties.Columns, registry),
            c => c.Email, c => c.FirstName, c => c.LastName, c => c.Phone, c => c.Company,
            c => c.JobTitle, c => c.LifecycleStage, c => c.LeadStatus, c => c.OwnerId);
    }
}
