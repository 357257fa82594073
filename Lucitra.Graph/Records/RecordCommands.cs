using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Records;

/// <summary>Runs writes to records: one transaction each, run again when another one was first.</summary>
internal sealed class RecordCommands(IDbContextFactory<LucitraDbContext> contexts)
{
    private const int MaxTries = 5;

    /// <summary>Commits what <paramref name="command"/> did, unless it found a rule broken.</summary>
    public async Task<Outcome<T>> RunAsync<T>(Func<LucitraDbContext, Task<Outcome<T>>> command, CancellationToken cancellationToken)
        where T : CrmRecord
    {
        for (var tries = 1; ; tries++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var write = await db.BeginWriteAsync(cancellationToken);
            try
            {
                var outcome = await command(db);
                if (outcome.Errors is null)
                {
                    await db.SaveChangesAsync(cancellationToken);
                    await write.CommitAsync(cancellationToken);
                }

                return outcome;
            }
            catch (Exception exception) when (tries < MaxTries && db.FaultOf(exception) == DatabaseFault.Conflict)
            {
                // Somebody else wrote the record meanwhile: do it again on what they left.
            }
        }
    }

    /// <summary>Reads outside of any write.</summary>
    public async Task<TResult> ReadAsync<TResult>(Func<LucitraDbContext, Task<TResult>> query, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await query(db);
    }
}
