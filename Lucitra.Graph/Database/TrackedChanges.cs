using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Records;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Database;

/// <summary>Saves what a context tracks: in sets where the database has them, the rest by EF, and with both what they mean for the rollups.</summary>
internal static class TrackedChanges
{
    public static async Task<int> SaveAsync(LucitraDbContext db, Func<Task<int>> saveRows, CancellationToken cancellationToken)
    {
        // Once is enough: nothing changes while it is saved.
        db.ChangeTracker.DetectChanges();
        var detects = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            CountRevisions(db);
            var deltas = RecordRollups.Of(db.ChangeTracker).Deltas.ToList();
            var isInTransaction = db.Database.CurrentTransaction is not null;
            if (deltas.Count == 0 && !isInTransaction)
                return await saveRows();

            await using var write = isInTransaction ? null : await db.BeginWriteAsync(cancellationToken);
            var saved = await db.SaveSetsAsync(deltas, cancellationToken) + await saveRows();
            if (write is not null)
                await write.CommitAsync(cancellationToken);
            return saved;
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = detects;
        }
    }

    private static void CountRevisions(LucitraDbContext db)
    {
        foreach (var entry in db.ChangeTracker.Entries<CrmRecord>().Where(entry => entry.State == EntityState.Modified))
        {
            var revision = entry.Property(record => record.Revision);
            revision.CurrentValue = revision.OriginalValue + 1;
        }
    }
}
