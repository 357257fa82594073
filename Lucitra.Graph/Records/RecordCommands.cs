using GraphQL;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Records;

/// <summary>Runs writes to records: one transaction each, run again when another one was first.</summary>
internal sealed class RecordCommands([FromKeyedServices(DatabaseModule.Settled)] IDbContextFactory<LucitraDbContext> contexts, Idempotency idempotency)
{
    private const int MaxTries = 5;

    /// <summary>Commits what <paramref name="command"/> did, unless it found a rule broken; gives the first answer again to a repetition.</summary>
    public async Task<Outcome<T>> RunAsync<T>(IResolveFieldContext context, MutationInput input, Func<LucitraDbContext, Task<Outcome<T>>> command)
        where T : CrmRecord
    {
        var cancellationToken = context.CancellationToken;
        for (var tries = 1; ; tries++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var write = await db.BeginWriteAsync(cancellationToken);
            try
            {
                var key = idempotency.KeyOf(context, input);
                if (key is not null && await idempotency.RecallAsync<T>(db, key, cancellationToken) is { } first)
                    return first;

                var outcome = await command(db);
                if (outcome.Errors is not null)
                    db.ChangeTracker.Clear();
                if (key is not null)
                    Idempotency.Remember(db, key, outcome);
                if (outcome.Errors is null || key is not null)
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
}
