using Lucitra.Graph.Schema;

namespace Lucitra.Graph.Deals;

/// <summary>The GraphQL type of <see cref="Pipeline"/>.</summary>
internal sealed class PipelineType : EntityType<Pipeline>
{
    public PipelineType(EntityReader reader)
        : base(reader)
    {
        Identified(p => p.Id);
        Column(p => p.Id, "hubSpotId");
        Column(p => p.Label);
        Column(p => p.DisplayOrder);
        List(p => p.Stages);
    }
}

/// <summary>The GraphQL type of <see cref="DealStage"/>.</summary>
internal sealed class DealStageType : EntityType<DealStage>
{
    public DealStageType(EntityReader reader)
        : base(reader)
    {
        Identified(s => s.Id);
        Column(s => s.HubSpotId);
        Column(s => s.Label);
        Column(s => s.DisplayOrder);
        Column(s => s.Probability);
        Column(s => s.IsClosed);
        Column(s => s.IsWon);
        Reference(s => s.Pipeline);
    }
}
