using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Lucitra.Graph.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Auth;

/// <summary>Says who is calling: the holder of the API key, or a user by e-mail address and password (HTTP Basic, RFC 7617).</summary>
internal sealed class CallerAuthentication(
    IDbContextFactory<LucitraDbContext> contexts, IOptions<AuthOptions> options, IPasswordHasher<User> hasher, PasswordAttempts attempts)
{
    private readonly byte[] _keyHash = SHA256.HashData(Encoding.UTF8.GetBytes(options.Value.ApiKey));

    // Checked when no user has the address, so that the answer takes as long as for a wrong password.
    private readonly User _nobody = new() { Email = "", Role = "", PasswordHash = hasher.HashPassword(null!, options.Value.ApiKey) };

    /// <summary>The caller; null when the credentials are missing, wrong, or tried too often.</summary>
    /// <param name="apiKey">The header <c>X-Api-Key</c>.</param>
    /// <param name="authorization">The header <c>Authorization</c>.</param>
    /// <param name="address">Where the call comes from.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async ValueTask<ClaimsPrincipal?> AuthenticateAsync(string? apiKey, string? authorization, string address, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(apiKey))
            return ByKey(apiKey);
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header) || header.Parameter is not { } credentials)
            return null;
        if (header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return ByKey(credentials);
        return header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            ? await ByPasswordAsync(credentials, address, cancellationToken)
            : null;
    }

    private static ClaimsPrincipal Principal(CallerKind kind, string subject, string name, Scopes scopes) => new(new CallerIdentity(kind, subject, name, scopes));

    private ClaimsPrincipal? ByKey(string key) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(key)), _keyHash)
            ? Principal(CallerKind.ApiKey, "key:bootstrap", "api-key", Scopes.All)
            : null;

    private async Task<ClaimsPrincipal?> ByPasswordAsync(string credentials, string address, CancellationToken cancellationToken)
    {
        var decoded = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, decoded, out var length) || !attempts.MayTry(address))
            return null;
        var parts = Encoding.UTF8.GetString(decoded, 0, length).Split(':', 2);
        if (parts.Length != 2)
            return null;

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var email = parts[0].ToLowerInvariant();
        var user = await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Email == email, cancellationToken);
        if (hasher.VerifyHashedPassword(user ?? _nobody, (user ?? _nobody).PasswordHash, parts[1]) == PasswordVerificationResult.Failed || user is null)
        {
            attempts.Failed(address);
            return null;
        }

        return Principal(CallerKind.User, $"user:{user.Id}", user.Email, UserRoles.Find(user.Role) is { } role ? UserRoles.ScopesOf(role) : Scopes.None);
    }
}
