using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.Deals;

/// <summary>Pipelines and their stages, seeded with the default pipeline of a new HubSpot account.</summary>
internal sealed class PipelineConfiguration : IEntityTypeConfiguration<Pipeline>, IEntityTypeConfiguration<DealStage>
{
    private const string Default = "default";

    public void Configure(EntityTypeBuilder<Pipeline> pipeline)
    {
        pipeline.Property(p => p.Id).HasMaxLength(Pipeline.MaxIdLength);
        pipeline.HasMany(p => p.Stages).WithOne(s => s.Pipeline).HasForeignKey(s => s.PipelineId);
        pipeline.HasData(new Pipeline { Id = Default, Label = "Sales Pipeline" });
    }

    public void Configure(EntityTypeBuilder<DealStage> stage)
    {
        stage.Property(s => s.Id).HasMaxLength((2 * Pipeline.MaxIdLength) + 1);
        stage.HasAlternateKey(s => new { s.PipelineId, s.HubSpotId });
        stage.HasData(
            Stage(0, "appointmentscheduled", "Appointment Scheduled", 0.2m),
            Stage(1, "qualifiedtobuy", "Qualified To Buy", 0.4m),
            Stage(2, "presentationscheduled", "Presentation Scheduled", 0.6m),
            Stage(3, "decisionmakerboughtin", "Decision Maker Bought-In", 0.8m),
            Stage(4, "contractsent", "Contract Sent", 0.9m),
            Stage(5, "closedwon", "Closed Won", 1.0m, isClosed: true),
            Stage(6, "closedlost", "Closed Lost", 0.0m, isClosed: true));
    }

    private static DealStage Stage(int order, string id, string label, decimal probability, bool isClosed = false) => new()
    {
        Id = DealStage.IdOf(Default, id),
        PipelineId = Default,
        HubSpotId = id,
        Label = label,
        DisplayOrder = order,
        Probability = probability,
        IsClosed = isClosed,
        IsWon = isClosed && probability == 1,
    };
}
