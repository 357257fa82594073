using Lucitra.Graph.Contacts;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema.Mutations;

namespace Lucitra.Graph.Deals;

/// <summary>What a new deal holds. Null and empty text both mean: no value.</summary>
/// <param name="Name">The name of the deal.</param>
/// <param name="Amount">The amount, exact.</param>
/// <param name="Currency">The currency as an ISO 4217 code.</param>
/// <param name="PipelineId">HubSpot's id of the pipeline; left out: `default`.</param>
/// <param name="StageId">HubSpot's id of a stage of that pipeline; left out: its first.</param>
/// <param name="CloseDate">When the deal is expected to close.</param>
/// <param name="OwnerId">HubSpot's id of the owner.</param>
/// <param name="ContactId">A contact that has a part in the deal.</param>
internal sealed record CreateDealInput(
    string Name,
    Optional<decimal?> Amount,
    Optional<string> Currency,
    Optional<string> PipelineId,
    Optional<string> StageId,
    Optional<DateTime?> CloseDate,
    Optional<string> OwnerId,
    [GlobalId(nameof(Contact))] Optional<Guid?> ContactId) : MutationInput
{
    public IReadOnlyList<PropertyInput> Values() =>
        [new("name", DealProperties.Name, Name), .. DealValues.Of(Amount, Currency, PipelineId, StageId, CloseDate, OwnerId)];
}

/// <summary>What to change in a deal: a field left out stays as it is, null clears it.</summary>
/// <param name="Id">The deal.</param>
/// <param name="Name">The name of the deal.</param>
/// <param name="Amount">The amount, exact.</param>
/// <param name="Currency">The currency as an ISO 4217 code.</param>
/// <param name="PipelineId">HubSpot's id of the pipeline.</param>
/// <param name="StageId">HubSpot's id of a stage of the deal's pipeline.</param>
/// <param name="CloseDate">When the deal is expected to close.</param>
/// <param name="OwnerId">HubSpot's id of the owner.</param>
/// <param name="Version">The version the deal must be at; left out: any.</param>
internal sealed record UpdateDealInput(
    [GlobalId(nameof(Deal))] Guid Id,
    Optional<string> Name,
    Optional<decimal?> Amount,
    Optional<string> Currency,
    Optional<string> PipelineId,
    Optional<string> StageId,
    Optional<DateTime?> CloseDate,
    Optional<string> OwnerId,
    Optional<int?> Version) : MutationInput
{
    public IReadOnlyList<PropertyInput> Values() =>
        [.. PropertyInputs.Given("name", DealProperties.Name, Name), .. DealValues.Of(Amount, Currency, PipelineId, StageId, CloseDate, OwnerId)];
}

/// <summary>Which deal to archive.</summary>
/// <param name="Id">The deal.</param>
/// <param name="Version">The version the deal must be at; left out: any.</param>
internal sealed record ArchiveDealInput([GlobalId(nameof(Deal))] Guid Id, Optional<int?> Version) : MutationInput;

/// <summary>Which deal to bring back.</summary>
/// <param name="Id">The deal.</param>
/// <param name="Version">The version the deal must be at; left out: any.</param>
internal sealed record RestoreDealInput([GlobalId(nameof(Deal))] Guid Id, Optional<int?> Version) : MutationInput;

/// <summary>Where to move a deal.</summary>
/// <param name="Id">The deal.</param>
/// <param name="StageId">HubSpot's id of the stage.</param>
/// <param name="PipelineId">HubSpot's id of the stage's pipeline; left out: the deal's.</param>
/// <param name="Version">The version the deal must be at; left out: any.</param>
internal sealed record MoveDealToStageInput(
    [GlobalId(nameof(Deal))] Guid Id, string StageId, Optional<string> PipelineId, Optional<int?> Version) : MutationInput;

/// <summary>A deal and a contact.</summary>
/// <param name="DealId">The deal.</param>
/// <param name="ContactId">The contact.</param>
internal sealed record LinkContactToDealInput([GlobalId(nameof(Deal))] Guid DealId, [GlobalId(nameof(Contact))] Guid ContactId) : MutationInput;

/// <summary>A deal and a contact.</summary>
/// <param name="DealId">The deal.</param>
/// <param name="ContactId">The contact.</param>
internal sealed record UnlinkContactFromDealInput([GlobalId(nameof(Deal))] Guid DealId, [GlobalId(nameof(Contact))] Guid ContactId) : MutationInput;

/// <summary>What the deal with this HubSpot id is to hold: a field left out stays as it is, null clears it.</summary>
/// <param name="PortalId">The HubSpot account.</param>
/// <param name="HubSpotId">HubSpot's id of the deal.</param>
/// <param name="Name">The name of the deal.</param>
/// <param name="Amount">The amount, exact.</param>
/// <param name="Currency">The currency as an ISO 4217 code.</param>
/// <param name="PipelineId">HubSpot's id of the pipeline; left out of a new deal: `default`.</param>
/// <param name="StageId">HubSpot's id of a stage of that pipeline; left out of a new deal: its first.</param>
/// <param name="CloseDate">When the deal is expected to close.</param>
/// <param name="OwnerId">HubSpot's id of the owner.</param>
internal sealed record UpsertDealInput(
    long PortalId,
    string HubSpotId,
    string Name,
    Optional<decimal?> Amount,
    Optional<string> Currency,
    Optional<string> PipelineId,
    Optional<string> StageId,
    Optional<DateTime?> CloseDate,
    Optional<string> OwnerId) : MutationInput
{
    public IReadOnlyList<PropertyInput> Values() =>
        [new("name", DealProperties.Name, Name), .. DealValues.Of(Amount, Currency, PipelineId, StageId, CloseDate, OwnerId)];
}

file static class DealValues
{
    public static IEnumerable<PropertyInput> Of(
        Optional<decimal?> amount,
        Optional<string> currency,
        Optional<string> pipelineId,
        Optional<string> stageId,
        Optional<DateTime?> closeDate,
        Optional<string> ownerId) =>
    [
        .. PropertyInputs.Given("amount", DealProperties.Amount, amount),
        .. PropertyInputs.Given("currency", DealProperties.Currency, currency),
        .. PropertyInputs.Given("pipelineId", DealProperties.Pipeline, pipelineId),
        .. PropertyInputs.Given("stageId", DealProperties.Stage, stageId),
        .. PropertyInputs.Given("closeDate", DealProperties.CloseDate, closeDate),
        .. PropertyInputs.Given("ownerId", DealProperties.OwnerId, ownerId),
    ];
}
