using System.Security.Claims;
using Lucitra.Webhooks;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Lucitra.Graph.Auth.Tokens;

/// <summary>Access tokens of the external OpenID Connect issuer, checked with the keys that it publishes.</summary>
internal sealed partial class ExternalTokens : IDisposable
{
    private static readonly TimeSpan _clockSkew = TimeSpan.FromSeconds(30);
    private static readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    // A signature that the keys at hand do not know may be of a new one; the library asks again once in a while at most.
    private static readonly TimeSpan _betweenRefreshes = TimeSpan.FromSeconds(5);

    private readonly AuthOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<ExternalTokens> _logger;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? _issuer;

    public ExternalTokens(IOptions<AuthOptions> options, TimeProvider clock, ILogger<ExternalTokens> logger)
    {
        (_options, _clock, _logger) = (options.Value, clock, logger);
        if (!_options.IsExternal)
            return;

        var authority = _options.Authority.TrimEnd('/');
        _issuer = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{authority}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(_http) { RequireHttps = authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase) })
        {
            RefreshInterval = _betweenRefreshes,
        };
    }

    /// <summary>The caller; null when the token is not good.</summary>
    /// <exception cref="AuthenticationUnavailableException">The issuer does not answer, and its keys are not known yet.</exception>
    public async Task<CallerIdentity?> CallerOfAsync(string token, CancellationToken cancellationToken)
    {
        if (!_handler.CanReadToken(token))
            return null;
        var result = await ValidateAsync(token, cancellationToken);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            _issuer!.RequestRefresh();
            result = await ValidateAsync(token, cancellationToken);
        }

        return result.IsValid ? CallerOf(result.ClaimsIdentity, (JsonWebToken)result.SecurityToken) : null;
    }

    public void Dispose() => _http.Dispose();

    private async Task<TokenValidationResult> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration issuer;
        try
        {
            issuer = await _issuer!.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is InvalidOperationException or IOException or HttpRequestException)
        {
            Log.Unavailable(_logger, FaultText.Of(fault));
            throw new AuthenticationUnavailableException(fault);
        }

        return await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer.Issuer,
            ValidAudience = _options.Audience,
            IssuerSigningKeys = issuer.SigningKeys,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384],
            LifetimeValidator = (notBefore, expires, _, _) => (notBefore is null || notBefore <= _clock.UtcNow() + _clockSkew) && _clock.UtcNow() - _clockSkew < expires,
        });
    }

    private CallerIdentity? CallerOf(ClaimsIdentity claims, JsonWebToken token)
    {
        if (claims.FindFirst(CallerIdentity.SubjectClaim)?.Value is not { Length: > 0 } subject)
            return null;

        var scopes = Texts(claims, _options.ScopeClaim).Aggregate(Scopes.None, (all, name) => all | ScopeNames.Find(name));
        scopes = Texts(claims, _options.RoleClaim)
            .Select(UserRoles.Find)
            .Aggregate(scopes, (all, role) => all | (role is null ? Scopes.None : UserRoles.ScopesOf(role.Value)));
        var name = claims.FindFirst("name") ?? claims.FindFirst("preferred_username") ?? claims.FindFirst("email");
        return new CallerIdentity(
            CallerKind.External, $"external:{subject}", name?.Value ?? subject, scopes, new CallerCredential(CredentialKind.External, subject, token.ValidTo));
    }

    private static IEnumerable<string> Texts(ClaimsIdentity claims, string type) =>
        claims.FindAll(type).SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Cannot read the configuration of Auth:Authority: {Fault}")]
        public static partial void Unavailable(ILogger logger, string fault);
    }
}
