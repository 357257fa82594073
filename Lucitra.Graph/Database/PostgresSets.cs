using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Records;
using Lucitra.Graph.Timeline;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Lucitra.Graph.Database;

/// <summary>
/// Saves what a transaction adds to and changes in the tables that events and callers fill: many rows of a table with one
/// statement, and single new rows together in one way to the database and back, where EF takes more of both. None of these
/// tables refers to another by a constraint, so their order is free.
/// </summary>
internal static class PostgresSets
{
    // Fewer rows cost less as single statements.
    private const int MinRows = 8;

    private static readonly Type[] _types =
        [typeof(WebhookEvent), typeof(HubSpotRecord), typeof(Contact), typeof(Deal), typeof(RecordChange), typeof(IdempotencyKey)];

    // Rows that nothing refers to once they are written.
    private static readonly Type[] _forgotten = [typeof(WebhookEvent), typeof(RecordChange), typeof(IdempotencyKey)];

    /// <summary>
    /// Saves deltas and, of what the context tracks, what is saved in sets, and lets the context track it as saved, or no more;
    /// says how many tracked rows it was.
    /// </summary>
    public static async Task<int> SaveAsync(PostgresDbContext db, IReadOnlyCollection<RollupDelta> deltas, CancellationToken cancellationToken)
    {
        var saved = 0;
        var single = new List<EntityEntry>();
        foreach (var ofType in db.ChangeTracker.Entries().Where(IsToSave).GroupBy(entry => entry.Metadata).ToList())
        {
            // A row that takes the key of a deleted one has to come after its end, which EF sees to.
            if (!_types.Contains(ofType.Key.ClrType) || ofType.Any(entry => entry.State == EntityState.Deleted))
                continue;

            var table = SetTable.Of(ofType.Key);
            if (ofType.Where(entry => entry.State == EntityState.Added).ToList() is var added && added.Count >= MinRows)
                saved += await CopyAsync(db, table, added, cancellationToken);
            else
                single.AddRange(added);
            if (ofType.Where(entry => entry.State == EntityState.Modified).ToList() is { Count: >= MinRows } changed)
                saved += await PostgresUpdate.RunAsync(db, table, changed, cancellationToken);
        }

        return saved + await InsertAsync(db, single, deltas, cancellationToken);
    }

    private static bool IsToSave(EntityEntry entry) => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted;

    private static async Task<int> CopyAsync(PostgresDbContext db, SetTable table, List<EntityEntry> added, CancellationToken cancellationToken)
    {
        await PostgresBulk.CopyAsync(db, table.Added(added.Select(entry => entry.Entity)), cancellationToken);
        added.ForEach(Accept);
        return added.Count;
    }

    private static async Task<int> InsertAsync(
        PostgresDbContext db, List<EntityEntry> added, IReadOnlyCollection<RollupDelta> deltas, CancellationToken cancellationToken)
    {
        if (added.Count == 0 && deltas.Count == 0)
            return 0;

        await using var batch = db.NewBatch();
        foreach (var entry in added)
            batch.BatchCommands.Add(SetTable.Of(entry.Metadata).Insert(entry.Entity));
        if (deltas.Count > 0)
            batch.BatchCommands.Add(PostgresRollups.Insert(deltas));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        added.ForEach(Accept);
        return added.Count;
    }

    /// <summary>Takes a row as it is for saved.</summary>
    public static void Accept(EntityEntry entry)
    {
        if (_forgotten.Contains(entry.Metadata.ClrType))
        {
            entry.State = EntityState.Detached;
            return;
        }

        entry.OriginalValues.SetValues(entry.CurrentValues);
        entry.State = EntityState.Unchanged;
    }
}
