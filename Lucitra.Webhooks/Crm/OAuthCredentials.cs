using Microsoft.Extensions.Logging;

namespace Lucitra.Webhooks.Crm;

/// <summary>
/// The consent of one account to the public app: access tokens of half an hour, renewed by one caller while the others wait.
/// </summary>
internal sealed partial class OAuthCredentials(
    HubSpotPortalOptions portal, OAuthTokens tokens, RefreshTokenStore store, TimeProvider clock, ILogger<OAuthCredentials> logger)
    : IPortalCredentials, IDisposable
{
    private static readonly TimeSpan _longestMargin = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private AccessToken? _current;
    private string? _refreshToken;
    private bool _isStored = true;

    public async ValueTask<string> TokenAsync(CancellationToken cancellationToken) => Valid() ?? await RefreshedAsync(cancellationToken);

    public bool Discard(string token)
    {
        if (Volatile.Read(ref _current) is { } current && current.Value == token)
            Interlocked.CompareExchange(ref _current, null, current);
        return true;
    }

    public void Dispose() => _refreshing.Dispose();

    private string? Valid() => Volatile.Read(ref _current) is { } token && clock.GetUtcNow() < token.RenewAt ? token.Value : null;

    private async Task<string> RefreshedAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            // Not to be given up halfway: the old refresh token may be void once HubSpot has answered.
            return Valid() ?? await RefreshAsync(CancellationToken.None);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private async Task<string> RefreshAsync(CancellationToken cancellationToken)
    {
        _refreshToken ??= await store.FindAsync(portal, cancellationToken) ?? portal.RefreshToken;
        var granted = await tokens.RefreshAsync(_refreshToken, cancellationToken);
        if (granted.HubId is { } hub && hub != portal.PortalId)
        {
            Log.WasOfAnotherPortal(logger, portal.PortalId, hub);
            throw new HubSpotApiException(HubSpotErrorKind.Unauthorized, OAuthTokens.Operation);
        }

        if (granted.RefreshToken is { Length: > 0 } refreshToken && refreshToken != _refreshToken)
            (_refreshToken, _isStored) = (refreshToken, false);
        if (!_isStored)
            _isStored = await TryStoreAsync(_refreshToken, cancellationToken);

        var lifetime = TimeSpan.FromSeconds(granted.ExpiresIn);
        var margin = lifetime / 4 < _longestMargin ? lifetime / 4 : _longestMargin;
        Volatile.Write(ref _current, new AccessToken(granted.AccessToken, clock.GetUtcNow() + lifetime - margin));
        return granted.AccessToken;
    }

    // The new access token is good without the database; what could not be stored is tried again with the next.
    private async Task<bool> TryStoreAsync(string refreshToken, CancellationToken cancellationToken)
    {
        try
        {
            await store.SaveAsync(portal, refreshToken, cancellationToken);
            return true;
        }
        catch (Exception fault)
        {
            Log.FailedToStore(logger, portal.PortalId, FaultText.Of(fault));
            return false;
        }
    }

    private sealed record AccessToken(string Value, DateTimeOffset RenewAt);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Refused the refresh token of portal {PortalId}: it belongs to portal {HubId}")]
        public static partial void WasOfAnotherPortal(ILogger logger, long portalId, long hubId);

        [LoggerMessage(2, LogLevel.Error, "Failed to store the new refresh token of portal {PortalId}, which is lost with this process: {Fault}")]
        public static partial void FailedToStore(ILogger logger, long portalId, string fault);
    }
}
