using Lucitra.Graph.Auth.Keys;
using Lucitra.Graph.Auth.SignIn;
using Lucitra.Graph.Database;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Auth;

/// <summary>
/// What the database says of sessions and API keys, remembered for <c>Auth:RecheckInterval</c>: what another process revoked
/// counts here after that time at the latest, what this one revoked at once.
/// </summary>
internal sealed class CallerStates(IDbContextFactory<LucitraDbContext> contexts, IOptions<AuthOptions> options, TimeProvider clock, RevocationSignal revoked)
{
    private readonly FreshValues<Guid, Session?> _sessions = new(options.Value.RecheckInterval, clock);
    private readonly FreshValues<string, ApiKey?> _keys = new(options.Value.RecheckInterval, clock);

    /// <summary>The caller of a session as it is now; null when the session has ended or its user may not sign in.</summary>
    public async ValueTask<CallerIdentity?> SessionAsync(Guid id, CancellationToken cancellationToken)
    {
        var session = await _sessions.GetAsync(id, ReadSessionAsync, cancellationToken);
        if (session is not { EndedAt: null, User: { DisabledAt: null } user } || session.ExpiresAt <= clock.UtcNow())
            return null;
        return new CallerIdentity(
            CallerKind.User, CallerIdentity.SubjectOf(user.Id), user.DisplayName, UserRoles.ScopesOf(user.Role),
            new CallerCredential(CredentialKind.Session, id.ToString(), session.ExpiresAt));
    }

    /// <summary>The API key of this id, good or not; null when there is none.</summary>
    public ValueTask<ApiKey?> KeyAsync(string id, CancellationToken cancellationToken) => _keys.GetAsync(id, ReadKeyAsync, cancellationToken);

    /// <summary>Whether what a caller was let in with still holds, and still gives it the same scopes.</summary>
    public async ValueTask<bool> HoldsAsync(CallerIdentity caller, CancellationToken cancellationToken)
    {
        var (kind, id, expiresAt) = caller.Credential;
        if (expiresAt <= clock.UtcNow())
            return false;
        return kind switch
        {
            CredentialKind.Session => (await SessionAsync(Guid.Parse(id), cancellationToken))?.Scopes == caller.Scopes,
            CredentialKind.ApiKey => await KeyAsync(id, cancellationToken) is { } key && key.IsGoodAt(clock.UtcNow()) && key.Scopes == caller.Scopes,
            _ => true,
        };
    }

    public void Forget(Guid session)
    {
        _sessions.Forget(session);
        revoked.Pulse();
    }

    public void Forget(string key)
    {
        _keys.Forget(key);
        revoked.Pulse();
    }

    private async Task<Session?> ReadSessionAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Sessions.AsNoTracking().Include(session => session.User).FirstOrDefaultAsync(session => session.Id == id, cancellationToken);
    }

    private async Task<ApiKey?> ReadKeyAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ApiKeys.AsNoTracking().FirstOrDefaultAsync(key => key.Id == id, cancellationToken);
    }
}

/// <summary>Wakes who looks after open subscriptions when this process revoked something.</summary>
internal sealed class RevocationSignal(TimeProvider clock) : Signal(clock);
