using Lucitra.Graph.Contacts;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Records;
using Lucitra.Graph.Timeline;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Lucitra.Graph.Database;

/// <summary>
/// Saves what a transaction adds to and changes in the tables that events fill, with one statement for all rows of a table
/// where EF sends one for each row. None of these tables refers to another by a constraint, so their order is free.
/// </summary>
internal static class PostgresSets
{
    // Fewer rows cost less the ordinary way, which is left with everything that is not done here.
    private const int MinRows = 8;

    private static readonly Type[] _types = [typeof(WebhookEvent), typeof(HubSpotRecord), typeof(Contact), typeof(Deal), typeof(RecordChange)];

    // Rows that nothing refers to once they are written.
    private static readonly Type[] _forgotten = [typeof(WebhookEvent), typeof(RecordChange)];

    /// <summary>Saves in sets what there is enough of, and lets the context track it as saved, or no more; says how many rows it was.</summary>
    public static async Task<int> SaveAsync(PostgresDbContext db, CancellationToken cancellationToken)
    {
        var saved = 0;
        foreach (var ofType in db.ChangeTracker.Entries().Where(IsToSave).GroupBy(entry => entry.Metadata).ToList())
        {
            // A row that takes the key of a deleted one has to come after its end, which EF sees to.
            if (!_types.Contains(ofType.Key.ClrType) || ofType.Any(entry => entry.State == EntityState.Deleted))
                continue;

            var table = SetTable.Of(ofType.Key);
            if (ofType.Where(entry => entry.State == EntityState.Added).ToList() is { Count: >= MinRows } added)
                saved += await AddAsync(db, table, added, cancellationToken);
            if (ofType.Where(entry => entry.State == EntityState.Modified).ToList() is { Count: >= MinRows } changed)
                saved += await PostgresUpdate.RunAsync(db, table, changed, cancellationToken);
        }

        return saved;
    }

    private static bool IsToSave(EntityEntry entry) => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted;

    private static async Task<int> AddAsync(PostgresDbContext db, SetTable table, List<EntityEntry> added, CancellationToken cancellationToken)
    {
        await PostgresBulk.CopyAsync(db, table.Added(added.Select(entry => entry.Entity)), cancellationToken);
        foreach (var entry in added)
            Accept(entry);
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
