using Lucitra.Graph.Deals;
using Lucitra.Graph.Owners;
using Lucitra.Graph.Records;

namespace Lucitra.Graph.Contacts;

/// <summary>A person, as HubSpot's contacts are. Values are as current as the last webhook that was applied.</summary>
internal sealed class Contact : CrmRecord
{
    /// <summary>The e-mail address. Unique among live contacts created here; HubSpot may let an address move between contacts, so that for a moment two have it.</summary>
    public string? Email { get; set; }

    /// <summary>The given name.</summary>
    public string? FirstName { get; set; }

    /// <summary>The family name.</summary>
    public string? LastName { get; set; }

    /// <summary>The telephone number, as it was typed.</summary>
    public string? Phone { get; set; }

    /// <summary>The name of the company, as it was typed; not a link to a company record.</summary>
    public string? Company { get; set; }

    /// <summary>The job title.</summary>
    public string? JobTitle { get; set; }

    /// <summary>HubSpot's internal value of the lifecycle stage, such as `lead` or `customer`; stages added in an account have numbers.</summary>
    public string? LifecycleStage { get; set; }

    /// <summary>HubSpot's internal value of the lead status, such as `NEW` or `IN_PROGRESS`.</summary>
    public string? LeadStatus { get; set; }

    /// <summary>HubSpot's id of the owner (not of the user).</summary>
    public string? OwnerId { get; set; }

    /// <summary>The contact into which HubSpot merged this one; null unless it was merged away. A merged contact is archived and stays as it was.</summary>
    public Contact? MergedInto { get; set; }

    /// <summary>The owner; null when there is none or it is not known here by name.</summary>
    public Owner? Owner { get; set; }

    /// <summary>The deals this contact has a part in.</summary>
    public List<Deal> Deals { get; set; } = [];
}
