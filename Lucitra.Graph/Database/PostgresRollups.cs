using Lucitra.Graph.Analytics.Rollups;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lucitra.Graph.Database;

/// <summary>Writes and folds rollups on PostgreSQL, a statement for each set of rows.</summary>
internal static class PostgresRollups
{
    private const string InsertSql = """
        INSERT INTO rollup_deltas (figure, grain, owner_id, at, pipeline_id, key, detail, count, amount)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    // One statement, so that what it takes away and what it adds are seen together.
    private const string Fold = """
        WITH taken AS (
            DELETE FROM rollup_deltas WHERE id IN (SELECT id FROM rollup_deltas ORDER BY id LIMIT {0})
            RETURNING figure, grain, owner_id, at, pipeline_id, key, detail, count, amount
        ), added AS (
            INSERT INTO rollups AS rollup (figure, grain, owner_id, at, pipeline_id, key, detail, count, amount)
            SELECT figure, grain, owner_id, at, pipeline_id, key, detail, sum(count), sum(amount) FROM taken GROUP BY 1, 2, 3, 4, 5, 6, 7
            ON CONFLICT (figure, grain, owner_id, at, pipeline_id, key, detail)
            DO UPDATE SET count = rollup.count + excluded.count, amount = rollup.amount + excluded.amount
        )
        SELECT count(*)::int AS "Value" FROM taken
        """;

    /// <summary>The statement that writes deltas down.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyCollection<RollupDelta> deltas)
    {
        var command = new NpgsqlBatchCommand(InsertSql);
        Array(delta => (int)delta.Figure);
        Array(delta => (int)delta.Grain);
        Array(delta => delta.OwnerId);
        Array(delta => delta.At);
        Array(delta => delta.PipelineId);
        Array(delta => delta.Key);
        Array(delta => delta.Detail);
        Array(delta => delta.Count);
        Array(delta => delta.Amount);
        return command;

        void Array<T>(Func<RollupDelta, T> value) => command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. deltas.Select(value)] });
    }

    public static async Task<int> FoldAsync(PostgresDbContext db, int limit, CancellationToken cancellationToken)
    {
        // The statement changes rows, so nothing may be composed onto it.
        var folded = await db.Database.SqlQueryRaw<int>(Fold, limit).ToListAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("DELETE FROM rollups WHERE count = 0 AND amount = 0", cancellationToken);
        return folded[0];
    }
}
