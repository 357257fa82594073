using System.Globalization;
using Lucitra.Graph.Database;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Analytics.Rollups;

/// <summary>Asks for sums of rollups over times, all of them in one statement and so all of one moment.</summary>
/// <param name="ownerId">Of which owner's records; null for all owners.</param>
/// <param name="pipelineId">Of which pipeline's deals; null for all pipelines.</param>
/// <param name="byOwner">Whether the sums are of each owner, not of all together.</param>
internal sealed class RollupQuery(string? ownerId, string? pipelineId, bool byOwner = false)
{
    private readonly List<(RollupFigure Figure, int Slot, RollupSegment Segment)> _segments = [];

    /// <summary>What was asked: figure, slot and time.</summary>
    public IReadOnlyList<(RollupFigure Figure, int Slot, RollupSegment Segment)> Segments => _segments;

    /// <summary>Asks for a figure's sums from one quarter to another.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="slot">By what the answer is found again.</param>
    /// <param name="start">The first quarter.</param>
    /// <param name="end">The quarter after the last.</param>
    public void Ask(RollupFigure figure, int slot, int start, int end)
    {
        foreach (var segment in RollupSegment.Cover(start, end))
            Ask(figure, slot, segment);
    }

    /// <summary>Asks for the sums of one run of spans.</summary>
    public void Ask(RollupFigure figure, int slot, RollupSegment segment) => _segments.Add((figure, slot, segment));

    /// <summary>The owner as the answer names it; null when the answer leaves a record of this owner and pipeline out.</summary>
    public string? OwnerFor(RollupFigure figure, string? owner, string pipeline)
    {
        var isDeals = figure is >= RollupFigure.DealsCreated and <= RollupFigure.DealsIdle;
        if ((ownerId is not null && owner != RollupSums.Of(ownerId)) || (isDeals && pipelineId is not null && pipeline != RollupSums.Fit(pipelineId)))
            return null;
        return byOwner ? owner : "";
    }

    public async Task<RollupAnswer> ReadAsync(LucitraDbContext db, CancellationToken cancellationToken)
    {
        if (_segments.Count == 0)
            return new RollupAnswer([]);
        var segments = _segments.Select(one => string.Create(
            CultureInfo.InvariantCulture, $"({(int)one.Figure}, {one.Slot}, {(int)one.Segment.Grain}, {one.Segment.Start}, {one.Segment.End}, {OwnerSql(one.Figure)})"));
        var sql = $$"""
            WITH segment (figure, slot, grain, first, past, owner_id) AS (VALUES {{string.Join(", ", segments)}})
            {{Sums("rollups")}}
            UNION ALL
            {{Sums("rollup_deltas")}}
            """;
        return new RollupAnswer(await db.Database
            .SqlQueryRaw<RollupSum>(sql, ownerId is null ? "" : RollupSums.Of(ownerId), pipelineId is null ? "" : RollupSums.Fit(pipelineId))
            .ToListAsync(cancellationToken));

        string Sums(string table)
        {
            var owners = byOwner && ownerId is null ? "cell.owner_id > ''" : "cell.owner_id = segment.owner_id";
            return $$"""
                SELECT segment.figure AS "Figure", segment.slot AS "Slot", {{(byOwner ? "cell.owner_id" : "''")}} AS "OwnerId",
                    cell.pipeline_id AS "PipelineId", cell.key AS "Key", cell.detail AS "Detail",
                    CAST(sum(cell.count) AS bigint) AS "Count", {{db.ExactSum}}(cell.amount) AS "Amount"
                FROM segment JOIN {{table}} AS cell ON cell.figure = segment.figure AND cell.grain = segment.grain AND {{owners}}
                    AND cell.at >= segment.first AND cell.at < segment.past
                {{(pipelineId is null ? "" : "WHERE cell.figure NOT BETWEEN 3 AND 8 OR cell.pipeline_id = {1}")}}
                GROUP BY segment.figure, segment.slot, {{(byOwner ? "cell.owner_id, " : "")}}cell.pipeline_id, cell.key, cell.detail
                """;
        }
    }

    private static string OwnerSql(RollupFigure figure) => figure < RollupFigure.EventsReceived ? "{0}" : "''";
}

/// <summary>One sum that was asked for.</summary>
internal sealed record RollupSum(int Figure, int Slot, string OwnerId, string PipelineId, string Key, string Detail, long Count, decimal Amount);

/// <summary>All sums that were asked for.</summary>
internal sealed class RollupAnswer(IEnumerable<RollupSum> sums)
{
    private readonly ILookup<(int Figure, int Slot), RollupSum> _sums = sums.ToLookup(sum => (sum.Figure, sum.Slot));

    public IEnumerable<RollupSum> Of(RollupFigure figure, int slot) => _sums[((int)figure, slot)];

    public int Count(RollupFigure figure, int slot, Func<RollupSum, bool>? keep = null) =>
        (int)Of(figure, slot).Where(keep ?? (_ => true)).Sum(sum => sum.Count);

    /// <summary>How many there are of each key.</summary>
    public Dictionary<string, int> Counts(RollupFigure figure, int slot, Func<RollupSum, string> key) =>
        Of(figure, slot).GroupBy(key).ToDictionary(group => group.Key, group => (int)group.Sum(sum => sum.Count));

    /// <summary>The amounts by currency.</summary>
    public Dictionary<string, decimal> Amounts(RollupFigure figure, int slot, Func<RollupSum, bool>? keep = null) =>
        Of(figure, slot).Where(keep ?? (_ => true)).GroupBy(sum => sum.Detail)
            .Where(group => group.Sum(sum => sum.Count) != 0)
            .ToDictionary(group => group.Key, group => group.Sum(sum => sum.Amount));
}
