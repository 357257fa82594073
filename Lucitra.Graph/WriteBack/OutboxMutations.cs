using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Contacts;
using Lucitra.Graph.Database;
using Lucitra.Graph.Deals;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema.Mutations;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.WriteBack;

/// <summary>What can be done about writes that HubSpot does not take.</summary>
internal sealed class OutboxMutations(RecordCommands commands, Outbox outbox)
{
    private static readonly Type[] _errors = [typeof(EntityNotFoundError), typeof(NothingUnsentError)];

    public void Extend(ObjectGraphType mutation)
    {
        mutation.Mutation<RetryContactSyncInput, Contact>(
            "retryContactSync", "Sends what HubSpot has not taken of a contact at once, also what it refused.", Scopes.ContactsWrite, _errors,
            (context, input) => RunAsync<Contact>(context, input, input.Id, outbox.RetryAsync));
        mutation.Mutation<RetryDealSyncInput, Deal>(
            "retryDealSync", "Sends what HubSpot has not taken of a deal at once, also what it refused.", Scopes.DealsWrite, _errors,
            (context, input) => RunAsync<Deal>(context, input, input.Id, outbox.RetryAsync));
        mutation.Mutation<TakeContactFromHubSpotInput, Contact>(
            "takeContactFromHubSpot", "Gives up what HubSpot has not taken of a contact, and takes over HubSpot's values soon after. A contact that HubSpot does not have stays here as it is.", Scopes.ContactsWrite, _errors,
            (context, input) => RunAsync<Contact>(context, input, input.Id, outbox.GiveUpAsync));
        mutation.Mutation<TakeDealFromHubSpotInput, Deal>(
            "takeDealFromHubSpot", "Gives up what HubSpot has not taken of a deal, and takes over HubSpot's values and links soon after. A deal that HubSpot does not have stays here as it is.", Scopes.DealsWrite, _errors,
            (context, input) => RunAsync<Deal>(context, input, input.Id, outbox.GiveUpAsync));
    }

    private Task<Outcome<T>> RunAsync<T>(
        IResolveFieldContext context, MutationInput input, Guid id, Func<LucitraDbContext, CrmRecord, HubSpotSync, CancellationToken, Task> run)
        where T : CrmRecord =>
        commands.RunAsync<T>(context, input, async db =>
        {
            if (await db.HeldAlone<T>(id).FirstOrDefaultAsync(context.CancellationToken) is not { } found)
                return new EntityNotFoundError(typeof(T).Name);
            if (await db.HubSpotSyncs.FindAsync([id], context.CancellationToken) is not { } row || row.State == HubSpotSyncState.Synced)
                return new NothingUnsentError(typeof(T).Name);

            await run(db, found, row, context.CancellationToken);
            return found;
        });
}

/// <summary>Which contact to send again.</summary>
/// <param name="Id">The contact.</param>
internal sealed record RetryContactSyncInput([GlobalId(nameof(Contact))] Guid Id) : MutationInput;

/// <summary>Which deal to send again.</summary>
/// <param name="Id">The deal.</param>
internal sealed record RetryDealSyncInput([GlobalId(nameof(Deal))] Guid Id) : MutationInput;

/// <summary>Of which contact HubSpot's values are to count.</summary>
/// <param name="Id">The contact.</param>
internal sealed record TakeContactFromHubSpotInput([GlobalId(nameof(Contact))] Guid Id) : MutationInput;

/// <summary>Of which deal HubSpot's values are to count.</summary>
/// <param name="Id">The deal.</param>
internal sealed record TakeDealFromHubSpotInput([GlobalId(nameof(Deal))] Guid Id) : MutationInput;

/// <summary>HubSpot has all that was written to the object here.</summary>
/// <param name="TypeName">The type of the object.</param>
internal sealed record NothingUnsentError(string TypeName) : UserError($"HubSpot has everything that was written to this {TypeName} here.");
