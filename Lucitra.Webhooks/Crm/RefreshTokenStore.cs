using System.Security.Cryptography;
using System.Text;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lucitra.Webhooks.Crm;

/// <summary>
/// Keeps the refresh tokens that HubSpot gave in place of the configured ones. Each is stored with the hash of the configured
/// token it descends from: whoever configures a new one wants that to be used.
/// </summary>
internal sealed partial class RefreshTokenStore(
    IServiceScopeFactory scopes, HubSpotApiOptions options, TimeProvider clock, ILogger<RefreshTokenStore> logger)
{
    /// <summary>
    /// The stored token; null where there is none that can be read and descends from the configured one. One that an older
    /// secret opens is encrypted anew, so that the secret can be given up.
    /// </summary>
    public async Task<string?> FindAsync(HubSpotPortalOptions portal, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var row = await scope.ServiceProvider.GetRequiredService<InboxDbContext>().HubSpotTokens
            .AsNoTracking().SingleOrDefaultAsync(token => token.PortalId == portal.PortalId, cancellationToken);
        if (row is null)
            return null;
        if (TokenCipher.Decrypt(row.Ciphertext, portal.PortalId, options.ClientSecrets) is not { } text)
        {
            Log.WasUnreadable(logger, portal.PortalId);
            return null;
        }

        var origin = OriginOf(portal);
        if (!text.StartsWith(origin, StringComparison.Ordinal))
            return null;
        var refreshToken = text[origin.Length..];
        var isOfOlderSecret = TokenCipher.Decrypt(row.Ciphertext, portal.PortalId, [options.ClientSecrets[0]]) is null;
        if (isOfOlderSecret)
            await SaveAsync(portal, refreshToken, cancellationToken);
        return refreshToken;
    }

    public async Task SaveAsync(HubSpotPortalOptions portal, string refreshToken, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<InboxDbContext>();
        await using var write = await db.BeginWriteAsync(cancellationToken);
        var ciphertext = TokenCipher.Encrypt(OriginOf(portal) + refreshToken, portal.PortalId, options.ClientSecrets);
        if (await db.HubSpotTokens.FindAsync([portal.PortalId], cancellationToken) is { } row)
            (row.Ciphertext, row.UpdatedAt) = (ciphertext, clock.UtcNow());
        else
            db.HubSpotTokens.Add(new HubSpotToken { PortalId = portal.PortalId, Ciphertext = ciphertext, UpdatedAt = clock.UtcNow() });
        await db.SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    private static string OriginOf(HubSpotPortalOptions portal) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(portal.RefreshToken))) + " ";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Could not read the stored refresh token of portal {PortalId} with any client secret and use the configured one")]
        public static partial void WasUnreadable(ILogger logger, long portalId);
    }
}
