using Microsoft.Extensions.Logging;

namespace Lucitra.Webhooks.Crm;

/// <summary>Opens the way to an account, with limits and a circuit of its own.</summary>
internal sealed class PortalConnections(
    HubSpotApiOptions options,
    HubSpotHttp http,
    RefreshTokenStore store,
    HubSpotApiMetrics metrics,
    TimeProvider clock,
    ILoggerFactory loggers)
{
    private const int CallsOfPrivateApp = 190;
    private const int CallsOfPublicApp = 110;

    public PortalConnection Open(HubSpotPortalOptions portal)
    {
        var name = $"portal {portal.PortalId}";
        return portal.RefreshToken.Length == 0
            ? Open(name, new PrivateAppCredentials(portal.AccessToken), CallsOfPrivateApp)
            : Open(name, OAuth(portal), CallsOfPublicApp);
    }

    /// <summary>The way to an account whose id is not known yet.</summary>
    public PortalConnection OpenUnnamed(string accessToken) =>
        Open("the portal of HubSpot:AccessToken", new PrivateAppCredentials(accessToken), CallsOfPrivateApp);

    private OAuthCredentials OAuth(HubSpotPortalOptions portal) =>
        new(portal, new OAuthTokens(http, options), store, clock, loggers.CreateLogger<OAuthCredentials>());

    private PortalConnection Open(string name, IPortalCredentials credentials, int assumedLimit) => new(
        name,
        credentials,
        http,
        new CallGovernor(new CallLimits(options.Api, assumedLimit), options.Api.MaxParallelCalls, clock),
        new PortalCircuit(options.Api, clock),
        options,
        metrics,
        clock,
        loggers.CreateLogger<PortalConnection>());
}
