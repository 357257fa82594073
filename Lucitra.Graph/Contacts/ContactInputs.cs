using Lucitra.Graph.Records;
using Lucitra.Graph.Schema.Mutations;

namespace Lucitra.Graph.Contacts;

/// <summary>What a new contact holds. Null and empty text both mean: no value.</summary>
/// <param name="Email">The e-mail address; no live contact may have it, whatever the case of its letters.</param>
/// <param name="FirstName">The given name.</param>
/// <param name="LastName">The family name.</param>
/// <param name="Phone">The telephone number, kept as typed.</param>
/// <param name="Company">The name of the company.</param>
/// <param name="JobTitle">The job title.</param>
/// <param name="LifecycleStage">HubSpot's internal value, such as `lead`.</param>
/// <param name="LeadStatus">HubSpot's internal value, such as `NEW`.</param>
/// <param name="OwnerId">HubSpot's id of the owner.</param>
internal sealed record CreateContactInput(
    string Email,
    Optional<string> FirstName,
    Optional<string> LastName,
    Optional<string> Phone,
    Optional<string> Company,
    Optional<string> JobTitle,
    Optional<string> LifecycleStage,
    Optional<string> LeadStatus,
    Optional<string> OwnerId) : MutationInput
{
    public IReadOnlyList<PropertyInput> Values() =>
    [
        new("email", ContactProperties.Email, Email),
        .. ContactValues.Of(FirstName, LastName, Phone, Company, JobTitle, LifecycleStage, LeadStatus, OwnerId),
    ];
}

/// <summary>What the live contact with this e-mail address is to hold: a field left out stays as it is, null clears it.</summary>
/// <param name="Email">The e-mail address that identifies the contact, whatever the case of its letters.</param>
/// <param name="FirstName">The given name.</param>
/// <param name="LastName">The family name.</param>
/// <param name="Phone">The telephone number, kept as typed.</param>
/// <param name="Company">The name of the company.</param>
/// <param name="JobTitle">The job title.</param>
/// <param name="LifecycleStage">HubSpot's internal value, such as `lead`.</param>
/// <param name="LeadStatus">HubSpot's internal value, such as `NEW`.</param>
/// <param name="OwnerId">HubSpot's id of the owner.</param>
internal sealed record UpsertContactInput(
    string Email,
    Optional<string> FirstName,
    Optional<string> LastName,
    Optional<string> Phone,
    Optional<string> Company,
    Optional<string> JobTitle,
    Optional<string> LifecycleStage,
    Optional<string> LeadStatus,
    Optional<string> OwnerId) : MutationInput
{
    public IReadOnlyList<PropertyInput> Values() =>
    [
        new("email", ContactProperties.Email, Email),
        .. ContactValues.Of(FirstName, LastName, Phone, Company, JobTitle, LifecycleStage, LeadStatus, OwnerId),
    ];
}

/// <summary>What to change in a contact: a field left out stays as it is, null clears it.</summary>
/// <param name="Id">The contact.</param>
/// <param name="Email">The e-mail address; no other live contact may have it, whatever the case of its letters.</param>
/// <param name="FirstName">The given name.</param>
/// <param name="LastName">The family name.</param>
/// <param name="Phone">The telephone number, kept as typed.</param>
/// <param name="Company">The name of the company.</param>
/// <param name="JobTitle">The job title.</param>
/// <param name="LifecycleStage">HubSpot's internal value, such as `lead`.</param>
/// <param name="LeadStatus">HubSpot's internal value, such as `NEW`.</param>
/// <param name="OwnerId">HubSpot's id of the owner.</param>
/// <param name="Version">The version the contact must be at; left out: any.</param>
internal sealed record UpdateContactInput(
    [GlobalId(nameof(Contact))] Guid Id,
    Optional<string> Email,
    Optional<string> FirstName,
    Optional<string> LastName,
    Optional<string> Phone,
    Optional<string> Company,
    Optional<string> JobTitle,
    Optional<string> LifecycleStage,
    Optional<string> LeadStatus,
    Optional<string> OwnerId,
    Optional<int?> Version) : MutationInput
{
    public IReadOnlyList<PropertyInput> Values() =>
    [
        .. PropertyInputs.Given("email", ContactProperties.Email, Email),
        .. ContactValues.Of(FirstName, LastName, Phone, Company, JobTitle, LifecycleStage, LeadStatus, OwnerId),
    ];
}

/// <summary>Which contact to archive.</summary>
/// <param name="Id">The contact.</param>
/// <param name="Version">The version the contact must be at; left out: any.</param>
internal sealed record ArchiveContactInput([GlobalId(nameof(Contact))] Guid Id, Optional<int?> Version) : MutationInput;

/// <summary>Which contact to bring back.</summary>
/// <param name="Id">The contact.</param>
/// <param name="Version">The version the contact must be at; left out: any.</param>
internal sealed record RestoreContactInput([GlobalId(nameof(Contact))] Guid Id, Optional<int?> Version) : MutationInput;

file static class ContactValues
{
    public static IEnumerable<PropertyInput> Of(
        Optional<string> firstName,
        Optional<string> lastName,
        Optional<string> phone,
        Optional<string> company,
        Optional<string> jobTitle,
        Optional<string> lifecycleStage,
        Optional<string> leadStatus,
        Optional<string> ownerId) =>
    [
        .. PropertyInputs.Given("firstName", ContactProperties.FirstName, firstName),
        .. PropertyInputs.Given("lastName", ContactProperties.LastName, lastName),
        .. PropertyInputs.Given("phone", ContactProperties.Phone, phone),
        .. PropertyInputs.Given("company", ContactProperties.Company, company),
        .. PropertyInputs.Given("jobTitle", ContactProperties.JobTitle, jobTitle),
        .. PropertyInputs.Given("lifecycleStage", ContactProperties.LifecycleStage, lifecycleStage),
        .. PropertyInputs.Given("leadStatus", ContactProperties.LeadStatus, leadStatus),
        .. PropertyInputs.Given("ownerId", ContactProperties.OwnerId, ownerId),
    ];
}
