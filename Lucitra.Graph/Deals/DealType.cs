using Lucitra.Graph.Auth;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Deals;

/// <summary>What clients see of a deal.</summary>
internal sealed class DealType(PropertyRegistry registry) : IEntityDefinition<Deal>
{
    public void Define(EntityType<Deal> type)
    {
        type.Access(Scopes.DealsRead);
        type.Identified(d => d.Id);
        type.Column(d => d.Name);
        type.Column(d => d.Amount);
        type.Column(d => d.Currency);
        type.Column(d => d.PipelineId);
        type.Column(d => d.StageId);
        type.Column(d => d.CloseDate);
        type.Column(d => d.OwnerId);
        type.Column(d => d.IsClosed);
        type.Column(d => d.IsWon);
        type.Reference(d => d.Pipeline);
        type.Reference(d => d.Stage);
        type.Reference(d => d.MergedInto);
        type.Reference(d => d.Owner);
        type.List(d => d.Contacts);
        type.Record(
            new RecordProperties<Deal>(RecordType.Deal, DealProperties.Columns, registry),
            d => d.Name, d => d.Amount, d => d.Currency, d => d.PipelineId, d => d.StageId, d => d.CloseDate, d => d.OwnerId);
    }
}
