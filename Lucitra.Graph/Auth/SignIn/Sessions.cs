using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Lucitra.Graph.Audit;
using Lucitra.Graph.Auth.Tokens;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Lucitra.Graph.Auth.SignIn;

/// <summary>Begins, renews and ends sessions.</summary>
internal sealed class Sessions(
    IDbContextFactory<LucitraDbContext> contexts, AccessTokens tokens, CallerStates states, AuditLog audit, IOptions<AuthOptions> options, TimeProvider clock)
{
    private const string TokenPrefix = "lrt_";
    private const int TokenBytes = 32;

    private TokenOptions Options => options.Value.Tokens;

    /// <summary>Adds a session, which is saved and committed with everything else in <paramref name="db"/>.</summary>
    public AccessGrant Begin(LucitraDbContext db, User user, string? address, ECDsaSecurityKey signer)
    {
        var now = clock.UtcNow();
        var session = new Session
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            UserId = user.Id,
            CreatedAt = now,
            ExpiresAt = now + Options.SessionLifetime,
            RemoteAddress = address,
        };
        db.Add(session);
        return Grant(db, session, user, signer);
    }

    /// <summary>
    /// Takes a refresh token and gives the next. One that was used before, and not just now, is in the hands of two, of whom one
    /// stole it: the session ends.
    /// </summary>
    public async Task<Outcome<AccessGrant>> RenewAsync(string token, CancellationToken cancellationToken)
    {
        var hash = HashOf(token);
        var signer = await tokens.SignerAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var sessionId = await db.RefreshTokens.Where(row => row.Hash == hash).Select(row => (Guid?)row.SessionId).FirstOrDefaultAsync(cancellationToken);
        if (sessionId is null)
            return new InvalidRefreshTokenError();

        await db.LockAsync($"session:{sessionId}", cancellationToken);
        var used = await db.RefreshTokens.Include(row => row.Session!.User).FirstAsync(row => row.Hash == hash, cancellationToken);
        var (now, session, user) = (clock.UtcNow(), used.Session!, used.Session!.User!);
        if (used.ExpiresAt <= now || session.ExpiresAt <= now || session.EndedAt is not null || user.DisabledAt is not null)
            return new InvalidRefreshTokenError();

        if (used.UsedAt is { } usedAt && usedAt + Options.ReuseGrace <= now)
        {
            session.EndedAt = now;
            audit.Record(db, AuditActions.SessionReused, CallerIdentity.SubjectOf(user.Id), session.Id.ToString(), details: new() { ["email"] = user.Email });
            await db.SaveChangesAsync(cancellationToken);
            write.AfterCommit(() => states.Forget(session.Id));
            await write.CommitAsync(cancellationToken);
            return new InvalidRefreshTokenError();
        }

        used.UsedAt ??= now;
        await db.RefreshTokens.Where(old => old.SessionId == session.Id && old.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        var grant = Grant(db, session, user, signer);
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        return grant;
    }

    /// <summary>The session that a refresh token is of; null when there is none.</summary>
    public async Task<Guid?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var hash = HashOf(token);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.RefreshTokens.Where(row => row.Hash == hash).Select(row => (Guid?)row.SessionId).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Ends sessions of a user: all of them, or all but one, or one. Says which.</summary>
    public async Task<IReadOnlyList<Guid>> EndAsync(LucitraDbContext db, Guid userId, Guid? only, Guid? but, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        var open = await db.Sessions
            .Where(session => session.UserId == userId && session.EndedAt == null && (only == null || session.Id == only) && (but == null || session.Id != but))
            .ToListAsync(cancellationToken);
        foreach (var session in open)
            session.EndedAt = now;
        return open.ConvertAll(session => session.Id);
    }

    private AccessGrant Grant(LucitraDbContext db, Session session, User user, ECDsaSecurityKey signer)
    {
        var now = clock.UtcNow();
        var token = TokenPrefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var expiresAt = now + Options.RefreshLifetime < session.ExpiresAt ? now + Options.RefreshLifetime : session.ExpiresAt;
        db.Add(new RefreshToken { Hash = HashOf(token), SessionId = session.Id, ExpiresAt = expiresAt });
        var (accessToken, accessExpiresAt) = tokens.Issue(session, user, signer);
        return new AccessGrant(accessToken, accessExpiresAt, token, expiresAt, user);
    }

    // The token is random enough that no slow hash is needed.
    private static string HashOf(string token) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
