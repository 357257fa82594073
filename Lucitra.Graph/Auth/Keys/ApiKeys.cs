using Lucitra.Graph.Audit;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Auth.Keys;

/// <summary>A key that was just made, with its text, which is not kept.</summary>
internal sealed record IssuedApiKey(ApiKey ApiKey, string Text);

/// <summary>Makes, replaces and revokes API keys.</summary>
internal sealed class ApiKeys(
    IDbContextFactory<LucitraDbContext> contexts, CallerStates states, AuditLog audit, IHostEnvironment environment, TimeProvider clock)
{
    /// <param name="actor">Who makes it.</param>
    /// <param name="held">The scopes of who makes it: a key gets no others.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="scopes">The names of what it may do.</param>
    /// <param name="expiresAt">When it ends; null for a key that does not by itself.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Outcome<IssuedApiKey>> CreateAsync(
        string actor, Scopes held, string name, IReadOnlyList<string> scopes, DateTime? expiresAt, CancellationToken cancellationToken)
    {
        name = name.Trim();
        var issues = new List<FieldIssue>();
        if (name.Length is 0 or > ApiKey.MaxNameLength || name.Contains('\0', StringComparison.Ordinal))
            issues.Add(new FieldIssue("name", $"must be 1 to {ApiKey.MaxNameLength} characters and have no U+0000"));
        if (!ScopeNames.TryParse(scopes, out var parsed, out var unknown))
            issues.Add(new FieldIssue("scopes", $"'{unknown}' is no scope; there are {string.Join(", ", ScopeNames.All)}"));
        else if (parsed == Scopes.None)
            issues.Add(new FieldIssue("scopes", "must have at least one scope"));
        else if ((parsed & ~held) != Scopes.None)
            issues.Add(new FieldIssue("scopes", "must be scopes that you have yourself"));
        if (expiresAt <= clock.UtcNow())
            issues.Add(new FieldIssue("expiresAt", "must be in the future"));
        if (issues.Count > 0)
            return new ValidationFailedError(issues);

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var made = Add(db, actor, name, parsed, expiresAt);
        audit.Record(db, AuditActions.KeyCreated, actor, $"key:{made.ApiKey.Id}", details: new() { ["name"] = name, ["scopes"] = string.Join(' ', ScopeNames.Of(parsed)) });
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return made;
    }

    /// <summary>Makes a key with the same name and scopes; the old one stays good for the overlap, and not longer than it would have.</summary>
    public async Task<Outcome<IssuedApiKey>> RotateAsync(string actor, Scopes held, string id, TimeSpan overlap, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.LockAsync($"api-key:{id}", cancellationToken);
        var now = clock.UtcNow();
        if (await db.ApiKeys.FirstOrDefaultAsync(key => key.Id == id, cancellationToken) is not { } old)
            return new EntityNotFoundError(nameof(ApiKey));
        if (!old.IsGoodAt(now) || old.ReplacedById is not null)
            return new ApiKeyEndedError();
        if ((old.Scopes & ~held) != Scopes.None)
            return new ValidationFailedError([new FieldIssue("id", "must be a key without scopes that you do not have yourself")]);

        var made = Add(db, actor, old.Name, old.Scopes, old.ExpiresAt);
        old.ReplacedById = made.ApiKey.Id;
        old.ExpiresAt = old.ExpiresAt < now + overlap ? old.ExpiresAt : now + overlap;
        audit.Record(db, AuditActions.KeyRotated, actor, $"key:{old.Id}", details: new() { ["replacedBy"] = made.ApiKey.Id });
        await db.SaveChangesAsync(cancellationToken);
        write.AfterCommit(() => states.Forget(id));
        await write.CommitAsync(cancellationToken);
        return made;
    }

    /// <summary>Ends a key at once. Revoking it twice changes nothing more.</summary>
    public async Task<Outcome<ApiKey>> RevokeAsync(string actor, string id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.LockAsync($"api-key:{id}", cancellationToken);
        if (await db.ApiKeys.FirstOrDefaultAsync(key => key.Id == id, cancellationToken) is not { } key)
            return new EntityNotFoundError(nameof(ApiKey));
        if (key.RevokedAt is null)
        {
            key.RevokedAt = clock.UtcNow();
            audit.Record(db, AuditActions.KeyRevoked, actor, $"key:{key.Id}", details: new() { ["name"] = key.Name });
            await db.SaveChangesAsync(cancellationToken);
            write.AfterCommit(() => states.Forget(id));
            await write.CommitAsync(cancellationToken);
        }

        return key;
    }

    private IssuedApiKey Add(LucitraDbContext db, string actor, string name, Scopes scopes, DateTime? expiresAt)
    {
        var text = ApiKeyText.New(ApiKeyText.EnvironmentOf(environment));
        var key = new ApiKey { Id = text.Id, Name = name, Hash = text.Hash, Scopes = scopes, CreatedBy = actor, CreatedAt = clock.UtcNow(), ExpiresAt = expiresAt };
        db.Add(key);
        return new IssuedApiKey(key, text.ToString());
    }
}

/// <summary>The key is revoked, expired or replaced already. Make a new one.</summary>
internal sealed record ApiKeyEndedError() : UserError("The key is revoked, expired or replaced already. Make a new one.");
