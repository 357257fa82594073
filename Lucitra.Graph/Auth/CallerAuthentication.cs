using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Lucitra.Graph.Auth.Keys;
using Lucitra.Graph.Auth.Tokens;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Auth;

/// <summary>Says who is calling: the holder of an API key, of an access token, or of one of the external issuer.</summary>
internal sealed class CallerAuthentication(
    AccessTokens tokens, ExternalTokens external, ApiKeyCheck keys, CallerStates states, IOptions<AuthOptions> options)
{
    private readonly byte[]? _settingHash = options.Value.ApiKey.Length > 0 ? Hash(options.Value.ApiKey) : null;

    /// <summary>The caller; null when the credentials are missing or wrong.</summary>
    /// <param name="apiKey">The header <c>X-Api-Key</c>.</param>
    /// <param name="authorization">The header <c>Authorization</c>.</param>
    /// <param name="address">Where the call comes from.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <exception cref="AuthenticationUnavailableException">Nobody can tell at present.</exception>
    public async ValueTask<ClaimsPrincipal?> AuthenticateAsync(string? apiKey, string? authorization, string address, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(apiKey))
            return Principal(await ByKeyAsync(apiKey, address, cancellationToken));
        if (!AuthenticationHeaderValue.TryParse(authorization, out var header)
            || !header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) || header.Parameter is not { Length: > 0 } bearer)
            return null;
        return IsToken(bearer) ? await ByTokenAsync(bearer, cancellationToken) : Principal(await ByKeyAsync(bearer, address, cancellationToken));
    }

    /// <summary>The caller by an access token.</summary>
    public async ValueTask<ClaimsPrincipal?> ByTokenAsync(string token, CancellationToken cancellationToken)
    {
        if (options.Value.IsExternal)
            return Principal(await external.CallerOfAsync(token, cancellationToken));
        return await tokens.SessionOfAsync(token, cancellationToken) is { } session
            ? Principal(await states.SessionAsync(session, cancellationToken))
            : null;
    }

    private static bool IsToken(string bearer) => bearer.Count(letter => letter == '.') == 2 && !bearer.StartsWith(ApiKeyText.Prefix, StringComparison.Ordinal);

    private static ClaimsPrincipal? Principal(CallerIdentity? identity) => identity is null ? null : new ClaimsPrincipal(identity);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private ValueTask<CallerIdentity?> ByKeyAsync(string key, string address, CancellationToken cancellationToken) =>
        _settingHash is not null && CryptographicOperations.FixedTimeEquals(Hash(key), _settingHash)
            ? new(new CallerIdentity(CallerKind.ApiKey, "key:setting", "api-key", Scopes.All, CallerCredential.Setting))
            : keys.CallerOfAsync(key, address, cancellationToken);
}
