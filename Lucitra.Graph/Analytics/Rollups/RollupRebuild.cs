using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Analytics.Rollups;

/// <summary>
/// Makes the rollups of contacts and deals anew from the rows, in one transaction: servers may run meanwhile, and what they
/// change counts. Those of webhook events stay, since events are deleted after a time.
/// </summary>
internal static class RollupRebuild
{
    private const int RowsPerRead = 20_000;
    private const int SumsPerWrite = 200_000;
    private const string Table = "rollup_rebuild";
    private const string Key = "figure, grain, owner_id, at, pipeline_id, key, detail";

    private static readonly string[] _columns = [.. Key.Split(", "), "count", "amount"];

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Makes them where there are records and no rollups; false when they are there.</summary>
    public static async Task<bool> RunWhereMissingAsync(IDbContextFactory<LucitraDbContext> contexts, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var areThere = await db.Rollups.AnyAsync(one => one.Figure < RollupFigure.EventsReceived, cancellationToken)
                || await db.RollupDeltas.AnyAsync(one => one.Figure < RollupFigure.EventsReceived, cancellationToken);
            var isNeeded = !areThere && (await db.Contacts.AnyAsync(cancellationToken) || await db.Deals.AnyAsync(cancellationToken));
            if (!isNeeded)
                return false;
        }

        await RunAsync(contexts, clock, cancellationToken);
        return true;
    }

    /// <summary>Makes them anew; says of how many records.</summary>
    public static async Task<int> RunAsync(IDbContextFactory<LucitraDbContext> contexts, TimeProvider clock, CancellationToken cancellationToken)
    {
        var records = 0;
        await using var holder = await contexts.CreateDbContextAsync(cancellationToken);
        while (!await holder.RunAloneAsync(RollupFolding.Lock, RebuildAsync, cancellationToken))
            await Task.Delay(_pause, clock, cancellationToken);
        return records;

        async Task RebuildAsync()
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            db.Database.SetCommandTimeout(TimeSpan.Zero);
            await using var write = await db.BeginWriteAsync(cancellationToken);
            await db.FreezeReadsAsync(cancellationToken);
            await db.Rollups.Where(one => one.Figure < RollupFigure.EventsReceived).ExecuteDeleteAsync(cancellationToken);
            await db.RollupDeltas.Where(one => one.Figure < RollupFigure.EventsReceived).ExecuteDeleteAsync(cancellationToken);

            // Sums of many records are many: they are gathered beside the table, and go in once, in the order of its key.
            await ExecuteAsync(db, $"CREATE TEMP TABLE {Table} AS SELECT {Key}, count, amount FROM rollups WHERE 1 = 0");
            var sums = new RollupSums();
            records = await CountContactsAsync(db, sums, cancellationToken) + await CountDealsAsync(db, sums, cancellationToken);
            await WriteAsync(db, sums, 0, cancellationToken);
            await ExecuteAsync(db, $"""
                INSERT INTO rollups ({Key}, count, amount) SELECT {Key}, sum(count), {db.ExactSum}(amount) FROM {Table} GROUP BY {Key} ORDER BY {Key}
                """);
            await ExecuteAsync(db, $"DROP TABLE {Table}");
            await write.CommitAsync(cancellationToken);
        }

        Task<int> ExecuteAsync(LucitraDbContext db, string statement) => db.Database.ExecuteSqlRawAsync(statement, cancellationToken);
    }

    private static async Task<int> CountContactsAsync(LucitraDbContext db, RollupSums sums, CancellationToken cancellationToken)
    {
        var (count, last) = (0, Guid.Empty);
        while (true)
        {
            var rows = await db.Contacts.AsNoTracking()
                .Where(contact => contact.Id > last)
                .OrderBy(contact => contact.Id)
                .Take(RowsPerRead)
                .Select(contact => new
                {
                    contact.Id,
                    contact.ArchivedAt,
                    Facts = new ContactFacts(
                        contact.CreatedAt, contact.OwnerId, contact.LifecycleStage,
                        PropertyFunctions.Text((string)(object)contact.Properties, RecordRollups.SourceProperty)),
                })
                .ToListAsync(cancellationToken);
            foreach (var row in rows.Where(row => row.ArchivedAt is null))
                RecordRollups.Add(sums, row.Facts, 1);
            if (rows.Count == 0)
                return count;

            (count, last) = (count + rows.Count, rows[^1].Id);
            await WriteAsync(db, sums, SumsPerWrite, cancellationToken);
        }
    }

    private static async Task<int> CountDealsAsync(LucitraDbContext db, RollupSums sums, CancellationToken cancellationToken)
    {
        var (count, last) = (0, Guid.Empty);
        while (true)
        {
            var rows = await db.Deals.AsNoTracking()
                .Where(deal => deal.Id > last)
                .OrderBy(deal => deal.Id)
                .Take(RowsPerRead)
                .Select(deal => new Deal
                {
                    Id = deal.Id,
                    ArchivedAt = deal.ArchivedAt,
                    CreatedAt = deal.CreatedAt,
                    UpdatedAt = deal.UpdatedAt,
                    CloseDate = deal.CloseDate,
                    OwnerId = deal.OwnerId,
                    PipelineId = deal.PipelineId,
                    StageId = deal.StageId,
                    Currency = deal.Currency,
                    Amount = deal.Amount,
                    IsClosed = deal.IsClosed,
                    IsWon = deal.IsWon,
                })
                .ToListAsync(cancellationToken);
            foreach (var deal in rows)
                RecordRollups.Add(sums, deal, 1);
            if (rows.Count == 0)
                return count;

            (count, last) = (count + rows.Count, rows[^1].Id);
            await WriteAsync(db, sums, SumsPerWrite, cancellationToken);
        }
    }

    private static async Task WriteAsync(LucitraDbContext db, RollupSums sums, int threshold, CancellationToken cancellationToken)
    {
        if (sums.Count <= threshold)
            return;
        var rows = sums.Deltas.Select(sum => new object?[] { (int)sum.Figure, (int)sum.Grain, sum.OwnerId, sum.At, sum.PipelineId, sum.Key, sum.Detail, sum.Count, sum.Amount });
        await db.AddRowsAsync(new BulkTable(Table, _columns, rows), cancellationToken);
        sums.Clear();
    }
}
