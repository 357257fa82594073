using Lucitra.Graph.Auth;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Deals;

/// <summary>What clients see of a pipeline.</summary>
internal sealed class PipelineType : IEntityDefinition<Pipeline>
{
    public void Define(EntityType<Pipeline> type)
    {
        type.Access(Scopes.DealsRead);
        type.Identified(p => p.Id);
        type.Column(p => p.Id, "hubSpotId");
        type.Column(p => p.Label);
        type.Column(p => p.DisplayOrder);
        type.List(p => p.Stages);
    }
}

/// <summary>What clients see of a stage.</summary>
internal sealed class DealStageType : IEntityDefinition<DealStage>
{
    public void Define(EntityType<DealStage> type)
    {
        type.Access(Scopes.DealsRead);
        type.Identified(s => s.Id);
        type.Column(s => s.HubSpotId);
        type.Column(s => s.Label);
        type.Column(s => s.DisplayOrder);
        type.Column(s => s.Probability);
        type.Column(s => s.IsClosed);
        type.Column(s => s.IsWon);
        type.Reference(s => s.Pipeline);
    }
}
