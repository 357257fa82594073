using Lucitra.Graph.Database;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Timeline;

/// <summary>Reads committed changes in commit order.</summary>
internal sealed class ChangeLog(IDbContextFactory<LucitraDbContext> contexts)
{
    private const int ChangesPerRead = 500;

    /// <summary>The last change before which no other can come any more; a log without changes ends at its beginning.</summary>
    public async Task<ChangePosition> EndAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // A transaction that is open now may commit a change before those that are there already.
        var open = await db.FirstOpenTransactionAsync(cancellationToken);
        return await db.RecordChanges.AsNoTracking()
            .Where(change => change.TransactionId < open)
            .OrderByDescending(change => change.TransactionId).ThenByDescending(change => change.Position)
            .Select(change => new ChangePosition(change.TransactionId, change.Position))
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The next changes after a place. A change counts when every transaction that began before its own has ended.</summary>
    public async Task<ChangePage> ReadAsync(ChangePosition after, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await db.FirstOpenTransactionAsync(cancellationToken);
        var (transactionId, position) = after;
        var changes = await db.RecordChanges.AsNoTracking()
            .Where(change => change.TransactionId > transactionId || (change.TransactionId == transactionId && change.Position > position))
            .OrderBy(change => change.TransactionId).ThenBy(change => change.Position)
            .Take(ChangesPerRead)
            .ToListAsync(cancellationToken);
        var settled = changes.FindAll(change => change.TransactionId < open);
        return new ChangePage(settled, HasMore: settled.Count == ChangesPerRead, HasUnsettled: settled.Count < changes.Count);
    }
}

/// <summary>Some changes in commit order.</summary>
/// <param name="Changes">The changes.</param>
/// <param name="HasMore">There may be more to read at once.</param>
/// <param name="HasUnsettled">There are changes that may yet be preceded by others.</param>
internal sealed record ChangePage(List<RecordChange> Changes, bool HasMore, bool HasUnsettled);
