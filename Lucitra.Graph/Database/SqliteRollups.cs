using Lucitra.Graph.Analytics.Rollups;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Lucitra.Graph.Database;

/// <summary>Writes and folds rollups on SQLite, row by row through one prepared statement.</summary>
internal static class SqliteRollups
{
    private const string Insert = """
        INSERT INTO rollup_deltas (figure, grain, owner_id, at, pipeline_id, key, detail, count, amount)
        VALUES ($figure, $grain, $owner_id, $at, $pipeline_id, $key, $detail, $count, $amount)
        """;

    private const string Fold = """
        INSERT INTO rollups AS rollup (figure, grain, owner_id, at, pipeline_id, key, detail, count, amount)
        SELECT figure, grain, owner_id, at, pipeline_id, key, detail, sum(count), ef_sum(amount) FROM rollup_deltas WHERE id <= {0} GROUP BY 1, 2, 3, 4, 5, 6, 7
        ON CONFLICT (figure, grain, owner_id, at, pipeline_id, key, detail)
        DO UPDATE SET count = rollup.count + excluded.count, amount = ef_add(rollup.amount, excluded.amount)
        """;

    public static async Task AddAsync(SqliteDbContext db, IReadOnlyCollection<RollupDelta> deltas, CancellationToken cancellationToken)
    {
        await using var command = ((SqliteConnection)db.Database.GetDbConnection()).CreateCommand();
        command.CommandText = Insert;
        command.Transaction = (SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
        var names = new[] { "$figure", "$grain", "$owner_id", "$at", "$pipeline_id", "$key", "$detail", "$count", "$amount" };
        var parameters = Array.ConvertAll(names, name => command.Parameters.AddWithValue(name, null));
        foreach (var delta in deltas)
        {
            object[] values = [(int)delta.Figure, (int)delta.Grain, delta.OwnerId, delta.At, delta.PipelineId, delta.Key, delta.Detail, delta.Count, delta.Amount];
            for (var i = 0; i < values.Length; i++)
                parameters[i].Value = values[i];
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public static async Task<int> FoldAsync(SqliteDbContext db, int limit, CancellationToken cancellationToken)
    {
        await using var write = db.CurrentWrite is null ? await db.BeginWriteAsync(cancellationToken) : null;
        var last = await db.RollupDeltas.OrderBy(delta => delta.Id).Select(delta => delta.Id).Skip(limit - 1).FirstOrDefaultAsync(cancellationToken);
        if (last == 0)
            last = await db.RollupDeltas.MaxAsync(delta => (long?)delta.Id, cancellationToken) ?? 0;
        await db.Database.ExecuteSqlRawAsync(Fold, [last], cancellationToken);
        var folded = await db.Database.ExecuteSqlRawAsync("DELETE FROM rollup_deltas WHERE id <= {0}", [last], cancellationToken);
        await db.Database.ExecuteSqlRawAsync("DELETE FROM rollups WHERE count = 0 AND ef_compare(amount, '0.0') = 0", cancellationToken);
        if (write is not null)
            await write.CommitAsync(cancellationToken);
        return folded;
    }
}
