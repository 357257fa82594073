using Lucitra.Graph.Audit;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Mutations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Auth.SignIn;

/// <summary>What callers see and change of themselves.</summary>
internal sealed class OwnAccount(
    IDbContextFactory<LucitraDbContext> contexts, SignInThrottle throttle, Passwords passwords, Sessions sessions, CallerStates states, AuditLog audit)
{
    public async Task<Me> MeAsync(CallerIdentity caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } id)
            return new Me(caller, null);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return new Me(caller, await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == id, cancellationToken));
    }

    public async Task<Outcome<SignedOut>> ChangePasswordAsync(CallerIdentity caller, ChangePasswordInput input, string address, CancellationToken cancellationToken)
    {
        if (caller.UserId is not { } id)
            return new NotSignedInHereError();

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await db.Users.FirstAsync(row => row.Id == id, cancellationToken);
        if (Passwords.IssueWith("newPassword", input.NewPassword, user.Email) is { } issue)
            return new ValidationFailedError([issue]);

        // Whoever found an open browser might guess here.
        var attempt = await throttle.TakeAsync(user.Email, address, cancellationToken);
        if (attempt.LockedFor is { } locked)
            return new SignInLockedError((int)Math.Ceiling(locked.TotalSeconds));
        if (input.CurrentPassword.Length > AuthOptions.MaxPasswordLength
            || await passwords.VerifyAsync(user, input.CurrentPassword, cancellationToken) == PasswordVerificationResult.Failed)
            return new InvalidCredentialsError();

        user.PasswordHash = await passwords.HashAsync(user, input.NewPassword, cancellationToken);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var ended = await sessions.EndAsync(db, id, only: null, but: SignOuts.SessionOf(caller), cancellationToken);
        await SignInThrottle.SucceededAsync(db, user.Email, address, cancellationToken);
        audit.Record(db, AuditActions.PasswordChanged, user.Email, CallerIdentity.SubjectOf(id));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        foreach (var session in ended)
            states.Forget(session);
        return new SignedOut(ended.Count);
    }
}
