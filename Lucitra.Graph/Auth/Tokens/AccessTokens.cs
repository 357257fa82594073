using Lucitra.Graph.Auth.SignIn;
using Lucitra.Webhooks;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Lucitra.Graph.Auth.Tokens;

/// <summary>The access tokens of those who sign in here: JWTs as RFC 9068 has them, signed with ES256.</summary>
internal sealed class AccessTokens(SigningKeys keys, IOptions<AuthOptions> options, TimeProvider clock)
{
    private const string TokenType = "at+jwt";
    private const string SessionClaim = "sid";

    private static readonly TimeSpan _clockSkew = TimeSpan.FromSeconds(30);
    private static readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };

    private TokenOptions Options => options.Value.Tokens;

    /// <summary>The key to issue tokens with. It may have to be written first: ask for it outside of transactions.</summary>
    public Task<ECDsaSecurityKey> SignerAsync(CancellationToken cancellationToken) => keys.SignerAsync(cancellationToken);

    /// <summary>A token for a session, and when it ends.</summary>
    public (string Token, DateTime ExpiresAt) Issue(Session session, User user, ECDsaSecurityKey signer)
    {
        var now = clock.UtcNow();
        var expiresAt = now + Options.AccessLifetime;
        expiresAt = session.ExpiresAt < expiresAt ? session.ExpiresAt : expiresAt;
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = TokenType,
            Issuer = Options.Issuer,
            Audience = Options.Issuer,
            IssuedAt = now,
            NotBefore = now,
            Expires = expiresAt,
            SigningCredentials = new SigningCredentials(signer, SecurityAlgorithms.EcdsaSha256),
            Claims = new Dictionary<string, object>
            {
                [CallerIdentity.SubjectClaim] = CallerIdentity.SubjectOf(user.Id),
                [SessionClaim] = session.Id.ToString(),
                [CallerIdentity.NameOfCallerClaim] = user.DisplayName,
                ["role"] = UserRoles.NameOf(user.Role),
                [CallerIdentity.ScopeClaim] = string.Join(' ', ScopeNames.Of(UserRoles.ScopesOf(user.Role))),
                ["jti"] = Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"),
            },
        });
        return (token, expiresAt);
    }

    /// <summary>The session that a token is for; null when the token is not good. Whether the session lasts is for others to say.</summary>
    public async Task<Guid?> SessionOfAsync(string token, CancellationToken cancellationToken)
    {
        if (KeyIdOf(token) is not { Length: > 0 } id || await keys.FindAsync(id, cancellationToken) is not { } key)
            return null;

        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Options.Issuer,
            ValidAudience = Options.Issuer,
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = [TokenType],
            LifetimeValidator = (notBefore, expires, _, _) => IsWithin(notBefore, expires),
            NameClaimType = CallerIdentity.NameOfCallerClaim,
        });
        return result.IsValid && Guid.TryParse(result.ClaimsIdentity.FindFirst(SessionClaim)?.Value, out var session) ? session : null;
    }

    private static string? KeyIdOf(string token)
    {
        try
        {
            return _handler.CanReadToken(token) ? _handler.ReadJsonWebToken(token).Kid : null;
        }
        catch (Exception malformed) when (malformed is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private bool IsWithin(DateTime? notBefore, DateTime? expires)
    {
        var now = clock.UtcNow();
        return notBefore <= now + _clockSkew && now - _clockSkew < expires;
    }
}
