using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;
using Lucitra.Graph.Schema.Mutations;

namespace Lucitra.Graph.Auth.Keys;

/// <summary>What a new key is to be.</summary>
/// <param name="Name">What people call it, such as the program that it is for.</param>
/// <param name="Scopes">What it may do, such as `contacts:read`; nobody can give more than they have.</param>
/// <param name="ExpiresAt">When it ends. Left out: it does not by itself.</param>
internal sealed record CreateApiKeyInput(string Name, IReadOnlyList<string> Scopes, Optional<DateTime?> ExpiresAt) : MutationInput;

/// <summary>Which key is replaced.</summary>
/// <param name="Id">The key.</param>
/// <param name="OverlapMinutes">How long the old key stays good beside the new one, 0 to 43200 (30 days). Left out: 1440, a day.</param>
internal sealed record RotateApiKeyInput([GlobalId(nameof(ApiKey), typeof(string))] string Id, Optional<int?> OverlapMinutes) : MutationInput;

/// <summary>Which key ends.</summary>
/// <param name="Id">The key.</param>
internal sealed record RevokeApiKeyInput([GlobalId(nameof(ApiKey), typeof(string))] string Id) : MutationInput;

/// <summary>What clients see of a key.</summary>
internal sealed class ApiKeyType : IEntityDefinition<ApiKey>
{
    public void Define(EntityType<ApiKey> type)
    {
        type.Access(Scopes.UsersAdmin);
        type.Identified(k => k.Id);
        type.Column(k => k.Id, "publicId");
        type.Column(k => k.Name);
        type.Computed(
            new FieldType { Name = "scopes", Description = "What it may do.", Type = typeof(NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>) },
            (_, key) => ScopeNames.Of(key.Scopes),
            k => k.Scopes);
        type.Column(k => k.CreatedBy);
        type.Column(k => k.CreatedAt);
        type.Column(k => k.ExpiresAt);
        type.Column(k => k.RevokedAt);
        type.Column(k => k.LastUsedAt);
        type.Column(k => k.LastUsedAddress);
        type.Column(k => k.ReplacedById);
    }
}

/// <summary>The GraphQL type of <see cref="IssuedApiKey"/>.</summary>
internal sealed class IssuedApiKeyType : ObjectGraphType<IssuedApiKey>
{
    public IssuedApiKeyType()
    {
        Name = "IssuedApiKey";
        Description = "A key that was just made, with its text.";
        this.Access(AccessRule.AsParent);
        Field<NonNullGraphType<StringGraphType>>("key").Description("The key to send as `Authorization: Bearer <key>` or `X-Api-Key: <key>`. It is not shown again.")
            .Resolve(context => context.Source.Text);
        Field<NonNullGraphType<EntityType<ApiKey>>>("apiKey").Description("What is known of it from now on.").Resolve(context => context.Source.ApiKey);
    }
}

/// <summary>What API keys add to the schema.</summary>
internal sealed class ApiKeyFields(EntityReader reader, ApiKeys keys) : ISchemaModule
{
    private const int MaxOverlapMinutes = 30 * 24 * 60;
    private const int DefaultOverlapMinutes = 24 * 60;

    public void Extend(ObjectGraphType query, ObjectGraphType mutation, ObjectGraphType subscription)
    {
        query.Connection<ApiKey>(reader, "apiKeys", "The API keys, also those that ended.");
        mutation.Mutation<CreateApiKeyInput, IssuedApiKey>(
            "createApiKey", "Makes an API key.", Scopes.UsersAdmin, [typeof(ValidationFailedError)],
            (context, input) => keys.CreateAsync(
                Caller.NameOf(context.User), Caller.ScopesOf(context.User), input.Name, input.Scopes, input.ExpiresAt.Value, context.CancellationToken),
            item: typeof(IssuedApiKeyType));
        mutation.Mutation<RotateApiKeyInput, IssuedApiKey>(
            "rotateApiKey", "Makes a key with the same name and scopes; the old one stays good for a while, so that programs can change over.", Scopes.UsersAdmin,
            [typeof(EntityNotFoundError), typeof(ApiKeyEndedError), typeof(ValidationFailedError)], RotateAsync, item: typeof(IssuedApiKeyType));
        mutation.Mutation<RevokeApiKeyInput, ApiKey>(
            "revokeApiKey", "Ends a key at once, and its subscriptions. Revoking it twice changes nothing more.", Scopes.UsersAdmin, [typeof(EntityNotFoundError)],
            (context, input) => keys.RevokeAsync(Caller.NameOf(context.User), input.Id, context.CancellationToken));
    }

    private async Task<Outcome<IssuedApiKey>> RotateAsync(IResolveFieldContext context, RotateApiKeyInput input)
    {
        var overlap = input.OverlapMinutes.Value ?? DefaultOverlapMinutes;
        if (overlap is < 0 or > MaxOverlapMinutes)
            return new ValidationFailedError([new FieldIssue("overlapMinutes", $"must be from 0 to {MaxOverlapMinutes}")]);
        return await keys.RotateAsync(Caller.NameOf(context.User), Caller.ScopesOf(context.User), input.Id, TimeSpan.FromMinutes(overlap), context.CancellationToken);
    }
}
