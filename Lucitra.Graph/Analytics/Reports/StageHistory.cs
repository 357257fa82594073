using Lucitra.Graph.Deals;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Analytics.Reports;

/// <summary>One move of a deal from stage to stage.</summary>
internal sealed record StageMove(Guid DealId, DateTime CreatedAt, string PipelineId, string? Old, string? New, DateTime At);

/// <summary>The stages that deals went through, by the log of changes.</summary>
internal static class StageHistory
{
    private const string Time = "coalesce(lucitra_instant(item.value ->> 'at'), change.occurred_at)";

    /// <summary>The moves of live deals before a moment, deal by deal, each in their order. The report's owner and pipeline narrow them.</summary>
    /// <param name="run">The report.</param>
    /// <param name="before">Later moves are left out.</param>
    /// <param name="condition">Further narrows deals: SQL over <c>deal</c>, with <c>{1}</c> and <c>{2}</c> as the range's beginning and end.</param>
    public static IAsyncEnumerable<StageMove> MovesAsync(ReportRun run, DateTime before, string condition = "1 = 1")
    {
        var (pipeline, owner) = (run.Parameters.PipelineId, run.Parameters.OwnerId);
        var sql = $$"""
            SELECT change.record_id AS "DealId", deal.created_at AS "CreatedAt", coalesce(deal.pipeline_id, '') AS "PipelineId",
                item.value ->> 'old' AS "Old", item.value ->> 'new' AS "New", {{Time}} AS "At"
            FROM record_changes AS change JOIN deals AS deal ON deal.id = change.record_id CROSS JOIN {{run.Db.JsonItems}}(change.fields) AS item
            WHERE change.record_type = '{{nameof(Deal)}}' AND {{Time}} < {0} AND item.value ->> 'field' = '{{DealProperties.Stage}}'
                AND deal.archived_at IS NULL AND {{condition}}
                {{(pipeline is null ? "" : "AND coalesce(deal.pipeline_id, '') = {3}")}} {{(owner is null ? "" : "AND coalesce(deal.owner_id, '') = {4}")}}
            ORDER BY change.record_id, {{Time}}, change.position
            """;
        return run.Db.Database
            .SqlQueryRaw<StageMove>(sql, before, run.Range.Beginning(run.Range.From), run.Range.Beginning(run.Range.To.AddDays(1)), pipeline ?? "", owner ?? "")
            .AsAsyncEnumerable();
    }
}
