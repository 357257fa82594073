using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Lucitra.Graph.Analytics.Rollups;

/// <summary>How many records, and how much money, fall into one group of one span.</summary>
internal sealed class Rollup
{
    public RollupFigure Figure { get; set; }

    public RollupGrain Grain { get; set; }

    /// <summary>The owner after <see cref="RollupKey.OwnerMark"/>; empty for all owners together.</summary>
    public required string OwnerId { get; set; }

    /// <summary>The first quarter of the span; <see cref="Quarter.None"/> for records without the date.</summary>
    public int At { get; set; }

    /// <summary>The pipeline; empty for none.</summary>
    public required string PipelineId { get; set; }

    /// <summary>What the figure says; empty for none.</summary>
    public required string Key { get; set; }

    /// <summary>What the figure says; empty for none.</summary>
    public required string Detail { get; set; }

    public long Count { get; set; }

    public decimal Amount { get; set; }
}

/// <summary>What one transaction added to or took from a rollup, until it is folded into it.</summary>
internal sealed class RollupDelta
{
    public long Id { get; set; }

    public RollupFigure Figure { get; set; }

    public RollupGrain Grain { get; set; }

    public required string OwnerId { get; set; }

    public int At { get; set; }

    public required string PipelineId { get; set; }

    public required string Key { get; set; }

    public required string Detail { get; set; }

    public long Count { get; set; }

    public decimal Amount { get; set; }
}

/// <summary>What a rollup is of.</summary>
internal readonly record struct RollupKey(RollupFigure Figure, RollupGrain Grain, string OwnerId, int At, string PipelineId, string Key, string Detail)
{
    /// <summary>Precedes the owner, so that no owner is another thing than all of them.</summary>
    public const string OwnerMark = "=";
}

internal sealed class RollupConfiguration : IEntityTypeConfiguration<Rollup>, IEntityTypeConfiguration<RollupDelta>
{
    public void Configure(EntityTypeBuilder<Rollup> rollup)
    {
        rollup.ToTable("rollups");

        // In the order in which the dashboard looks for them.
        rollup.HasKey(r => new { r.Figure, r.Grain, r.OwnerId, r.At, r.PipelineId, r.Key, r.Detail });
        rollup.HasIndex(r => r.Count).HasFilter("count = 0");
    }

    public void Configure(EntityTypeBuilder<RollupDelta> delta)
    {
        delta.ToTable("rollup_deltas");
        delta.HasIndex(d => new { d.Figure, d.Grain, d.OwnerId, d.At });
    }
}
