using Lucitra.Graph.Records;
using Lucitra.Graph.Schema;

namespace Lucitra.Graph.Deals;

/// <summary>The GraphQL type of <see cref="Deal"/>.</summary>
internal sealed class DealType : CrmRecordType<Deal>
{
    public DealType(EntityReader reader)
        : base(reader, DealProperties.Columns)
    {
        Column(d => d.Name);
        Column(d => d.Amount);
        Column(d => d.Currency);
        Column(d => d.PipelineId);
        Column(d => d.StageId);
        Column(d => d.CloseDate);
        Column(d => d.OwnerId);
        Column(d => d.IsClosed);
        Column(d => d.IsWon);
        Reference(d => d.Pipeline);
        Reference(d => d.Stage);
        List(d => d.Contacts);
        RecordFields(d => d.Name, d => d.Amount, d => d.Currency, d => d.PipelineId, d => d.StageId, d => d.CloseDate, d => d.OwnerId);
    }
}
