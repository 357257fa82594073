using Lucitra.Graph.Database;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Sync;

/// <summary>Reads and moves checkpoints; moves are part of the caller's transaction.</summary>
internal sealed class SyncCheckpoints(IDbContextFactory<LucitraDbContext> contexts, TimeProvider clock)
{
    /// <summary>The checkpoint; null before the work began.</summary>
    public async Task<SyncCheckpoint?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.SyncCheckpoints.AsNoTracking().SingleOrDefaultAsync(one => one.Name == name, cancellationToken);
    }

    /// <summary>Forgets checkpoints, so that their work begins anew.</summary>
    public async Task ForgetAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.SyncCheckpoints.Where(one => names.Contains(one.Name)).ExecuteDeleteAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    /// <summary>Moves a checkpoint within the transaction of <paramref name="db"/>. Does not save.</summary>
    /// <param name="db">The context of the transaction.</param>
    /// <param name="name">Which one.</param>
    /// <param name="cursor">Where the work goes on.</param>
    /// <param name="records">How many records this step covered.</param>
    /// <param name="isEnd">Whether it was the last step.</param>
    /// <param name="startedAt">When the work began, should this be its first step.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task MoveAsync(
        LucitraDbContext db, string name, string? cursor, int records, bool isEnd, DateTime startedAt, CancellationToken cancellationToken)
    {
        await db.LockAsync($"checkpoint:{name}", cancellationToken);
        if (await db.SyncCheckpoints.SingleOrDefaultAsync(one => one.Name == name, cancellationToken) is not { } checkpoint)
            db.Add(checkpoint = new SyncCheckpoint { Name = name, StartedAt = startedAt });

        var now = clock.UtcNow();
        (checkpoint.Cursor, checkpoint.UpdatedAt) = (cursor, now);
        checkpoint.Done += records;
        if (isEnd)
            checkpoint.CompletedAt = now;
    }
}
