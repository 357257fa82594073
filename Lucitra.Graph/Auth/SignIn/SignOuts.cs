using Lucitra.Graph.Audit;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Mutations;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Auth.SignIn;

/// <summary>Ends sessions for those whose they are.</summary>
internal sealed class SignOuts(IDbContextFactory<LucitraDbContext> contexts, Sessions sessions, CallerStates states, AuditLog audit)
{
    /// <summary>Ends the session of a refresh token, or that of the caller. There may be none, which is as good.</summary>
    public async Task<SignedOut> OneAsync(CallerIdentity? caller, string? refreshToken, CancellationToken cancellationToken)
    {
        var session = string.IsNullOrEmpty(refreshToken) ? SessionOf(caller) : await sessions.FindAsync(refreshToken, cancellationToken);
        if (session is not { } id)
            return new SignedOut(0);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var userId = await db.Sessions.Where(row => row.Id == id).Select(row => (Guid?)row.UserId).FirstOrDefaultAsync(cancellationToken);
        return userId is null ? new SignedOut(0) : await EndAsync(userId.Value, only: id, but: null, cancellationToken);
    }

    public async Task<Outcome<SignedOut>> EverywhereAsync(CallerIdentity caller, bool keepThis, CancellationToken cancellationToken) =>
        caller.UserId is { } userId
            ? await EndAsync(userId, only: null, but: keepThis ? SessionOf(caller) : null, cancellationToken)
            : new NotSignedInHereError();

    public static Guid? SessionOf(CallerIdentity? caller) =>
        caller?.Credential is { Kind: CredentialKind.Session, Id: var id } ? Guid.Parse(id) : null;

    private async Task<SignedOut> EndAsync(Guid userId, Guid? only, Guid? but, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var ended = await sessions.EndAsync(db, userId, only, but, cancellationToken);
        if (ended.Count > 0)
        {
            var user = await db.Users.FirstAsync(row => row.Id == userId, cancellationToken);
            audit.Record(db, AuditActions.SignedOut, user.Email, CallerIdentity.SubjectOf(userId), ended.Count);
            await db.SaveChangesAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
            foreach (var session in ended)
                states.Forget(session);
        }

        return new SignedOut(ended.Count);
    }
}
