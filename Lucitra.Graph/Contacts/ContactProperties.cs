using System.Collections.Frozen;
using Lucitra.Graph.Records;

namespace Lucitra.Graph.Contacts;

/// <summary>The HubSpot properties of a contact that have a column.</summary>
internal static class ContactProperties
{
    public const string Email = "email";
    public const string FirstName = "firstname";
    public const string LastName = "lastname";
    public const string Phone = "phone";
    public const string Company = "company";
    public const string JobTitle = "jobtitle";
    public const string LifecycleStage = "lifecyclestage";
    public const string LeadStatus = "hs_lead_status";
    public const string OwnerId = "hubspot_owner_id";

    public static FrozenDictionary<string, PropertyColumn<Contact>> Columns { get; } = new[]
    {
        PropertyColumn<Contact>.Text(Email, c => c.Email, (c, v) => c.Email = v),
        PropertyColumn<Contact>.Text(FirstName, c => c.FirstName, (c, v) => c.FirstName = v),
        PropertyColumn<Contact>.Text(LastName, c => c.LastName, (c, v) => c.LastName = v),
        PropertyColumn<Contact>.Text(Phone, c => c.Phone, (c, v) => c.Phone = v),
        PropertyColumn<Contact>.Text(Company, c => c.Company, (c, v) => c.Company = v),
        PropertyColumn<Contact>.Text(JobTitle, c => c.JobTitle, (c, v) => c.JobTitle = v),
        PropertyColumn<Contact>.Text(LifecycleStage, c => c.LifecycleStage, (c, v) => c.LifecycleStage = v),
        PropertyColumn<Contact>.Text(LeadStatus, c => c.LeadStatus, (c, v) => c.LeadStatus = v),
        PropertyColumn<Contact>.Text(OwnerId, c => c.OwnerId, (c, v) => c.OwnerId = v),
    }.ToFrozenDictionary(column => column.Property);
}
