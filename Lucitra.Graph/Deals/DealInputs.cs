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
    [GlobalId(nameof(Contact))] Optional<Guid?> ContactId)
{
    public IReadOnlyList<PropertyInput> Values() =>
    [
        new("name", DealProperties.Name, Name),
        .. PropertyInputs.Given("amount", DealProperties.Amount, Amount),
        .. PropertyInputs.Given("currency", DealProperties.Currency, Currency),
        .. PropertyInputs.Given("pipelineId", DealProperties.Pipeline, PipelineId),
        .. PropertyInputs.Given("stageId", DealProperties.Stage, StageId),
        .. PropertyInputs.Given("closeDate", DealProperties.CloseDate, CloseDate),
        .. PropertyInputs.Given("ownerId", DealProperties.OwnerId, OwnerId),
    ];
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
internal sealed record UpdateDealInput(
    [GlobalId(nameof(Deal))] Guid Id,
    Optional<string> Name,
    Optional<decimal?> Amount,
    Optional<string> Currency,
    Optional<string> PipelineId,
    Optional<string> StageId,
    Optional<DateTime?> CloseDate,
    Optional<string> OwnerId)
{
    public IReadOnlyList<PropertyInput> Values() =>
    [
        .. PropertyInputs.Given("name", DealProperties.Name, Name),
        .. PropertyInputs.Given("amount", DealProperties.Amount, Amount),
        .. PropertyInputs.Given("currency", DealProperties.Currency, Currency),
        .. PropertyInputs.Given("pipelineId", DealProperties.Pipeline, PipelineId),
        .. PropertyInputs.Given("stageId", DealProperties.Stage, StageId),
        .. PropertyInputs.Given("closeDate", DealProperties.CloseDate, CloseDate),
        .. PropertyInputs.Given("ownerId", DealProperties.OwnerId, OwnerId),
    ];
}

/// <summary>Which deal to archive.</summary>
/// <param name="Id">The deal.</param>
internal sealed record ArchiveDealInput([GlobalId(nameof(Deal))] Guid Id);
