using System.Globalization;
using Lucitra.Graph.Audit;
using Lucitra.Graph.Auth.Tokens;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Webhooks;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Auth.SignIn;

/// <summary>Lets users in by e-mail address and password.</summary>
internal sealed class SignIns(
    IDbContextFactory<LucitraDbContext> contexts,
    SignInThrottle throttle,
    Passwords passwords,
    Sessions sessions,
    AccessTokens tokens,
    AuditLog audit,
    IOptions<AuthOptions> options,
    TimeProvider clock)
{
    public async Task<Outcome<AccessGrant>> SignInAsync(string email, string password, string address, CancellationToken cancellationToken)
    {
        if (options.Value.IsExternal)
            return new LocalSignInDisabledError();

        email = email.Trim().ToLowerInvariant();
        if (email.Length is 0 or > User.MaxEmailLength || email.Contains('\0', StringComparison.Ordinal) || password.Length is 0 or > AuthOptions.MaxPasswordLength)
            return new InvalidCredentialsError();
        var attempt = await throttle.TakeAsync(email, address, cancellationToken);
        if (attempt.LockedFor is { } locked)
            return new SignInLockedError((int)Math.Ceiling(locked.TotalSeconds));

        var signer = await tokens.SignerAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Email == email, cancellationToken);
        var verdict = await passwords.VerifyAsync(known, password, cancellationToken);

        await using var write = await db.BeginWriteAsync(cancellationToken);
        var user = verdict == PasswordVerificationResult.Failed ? null : await db.Users.FirstOrDefaultAsync(row => row.Email == email, cancellationToken);
        if (user is null || user.DisabledAt is not null || user.PasswordHash != known!.PasswordHash)
        {
            audit.Record(db, attempt.Locks ? AuditActions.SignInLocked : AuditActions.SignInFailed, email, known is null ? "unknown" : CallerIdentity.SubjectOf(known.Id), details: ReasonOf(user));
            await db.SaveChangesAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
            return new InvalidCredentialsError();
        }

        await SignInThrottle.SucceededAsync(db, email, address, cancellationToken);
        user.LastSignInAt = clock.UtcNow();
        var grant = sessions.Begin(db, user, address, signer);
        audit.Record(db, AuditActions.SignedIn, user.Email, CallerIdentity.SubjectOf(user.Id));
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
            await RehashAsync(user, password, cancellationToken);
        return grant;
    }

    private static Dictionary<string, string>? ReasonOf(User? user) => user?.DisabledAt is { } since
        ? new() { ["disabledSince"] = since.ToString("O", CultureInfo.InvariantCulture) }
        : null;

    private async Task RehashAsync(User user, string password, CancellationToken cancellationToken)
    {
        var (old, hash) = (user.PasswordHash, await passwords.HashAsync(user, password, cancellationToken));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        await db.Users.Where(row => row.Id == user.Id && row.PasswordHash == old)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PasswordHash, hash), cancellationToken);
        await write.CommitAsync(cancellationToken);
    }
}
