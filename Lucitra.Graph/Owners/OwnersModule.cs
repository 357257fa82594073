using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Mutations;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Owners;

/// <summary>Everything about owners.</summary>
internal static class OwnersModule
{
    public static IServiceCollection AddOwners(this IServiceCollection services) => services
        .AddSingleton<IEntityDefinition<Owner>, OwnerType>()
        .AddSingleton<ISchemaModule, OwnerFields>();
}

/// <summary>What clients see of an owner.</summary>
internal sealed class OwnerType : IEntityDefinition<Owner>
{
    public void Define(EntityType<Owner> type)
    {
        type.Access(AccessRule.SignedIn);
        type.Identified(o => o.Id);
        type.Column(o => o.Id, "hubSpotId");
        type.Column(o => o.Email, masked: Scopes.ContactsReadPersonal);
        type.Column(o => o.FirstName);
        type.Column(o => o.LastName);
    }
}

/// <summary>What the owner with this HubSpot id is to hold: a field left out stays as it is, null clears it.</summary>
/// <param name="HubSpotId">HubSpot's id of the owner.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="FirstName">The given name.</param>
/// <param name="LastName">The family name.</param>
internal sealed record UpsertOwnerInput(string HubSpotId, Optional<string> Email, Optional<string> FirstName, Optional<string> LastName) : MutationInput;

/// <summary>What owners add to the schema.</summary>
internal sealed class OwnerFields(EntityReader reader, IDbContextFactory<LucitraDbContext> contexts) : ISchemaModule
{
    public void Extend(ObjectGraphType query, ObjectGraphType mutation, ObjectGraphType subscription)
    {
        query.Connection<Owner>(reader, "owners", "The owners that are known by name. HubSpot sends no webhooks about owners.");
        mutation.Mutation<UpsertOwnerInput, Owner>(
            "upsertOwner", "Names the owner that has the HubSpot id, or adds one.", Scopes.ContactsWrite | Scopes.DealsWrite, [typeof(ValidationFailedError)], UpsertAsync, batch: "upsertOwners");
    }

    private async Task<Outcome<Owner>> UpsertAsync(IResolveFieldContext context, UpsertOwnerInput input)
    {
        if (IssuesWith(input).ToList() is { Count: > 0 } issues)
            return new ValidationFailedError(issues);

        await using var db = await contexts.CreateDbContextAsync(context.CancellationToken);
        await using var write = await db.BeginWriteAsync(context.CancellationToken);

        // Two callers that look for the owner at once would both find none.
        await db.LockAsync($"owner:{input.HubSpotId}", context.CancellationToken);
        if (await db.Owners.FirstOrDefaultAsync(o => o.Id == input.HubSpotId, context.CancellationToken) is not { } owner)
            db.Add(owner = new Owner { Id = input.HubSpotId });

        Set(input.Email, text => owner.Email = text);
        Set(input.FirstName, text => owner.FirstName = text);
        Set(input.LastName, text => owner.LastName = text);
        await db.SaveChangesAsync(context.CancellationToken);
        await write.CommitAsync(context.CancellationToken);
        return owner;
    }

    private static void Set(Optional<string> value, Action<string?> set)
    {
        if (value.IsGiven)
            set(string.IsNullOrEmpty(value.Value) ? null : value.Value);
    }

    private static IEnumerable<FieldIssue> IssuesWith(UpsertOwnerInput input)
    {
        if (input.HubSpotId.Length == 0 || !PropertyText.IsStorable(input.HubSpotId, Owner.MaxIdLength))
            yield return new FieldIssue("hubSpotId", $"must be 1 to {Owner.MaxIdLength} characters and have no U+0000");
        foreach (var (field, text) in new[] { ("email", input.Email.Value), ("firstName", input.FirstName.Value), ("lastName", input.LastName.Value) })
        {
            if (text is not null && !PropertyText.IsStorable(text, PropertyColumn.MaxTextLength))
                yield return new FieldIssue(field, $"must be at most {PropertyColumn.MaxTextLength} characters and have no U+0000");
        }
    }
}
