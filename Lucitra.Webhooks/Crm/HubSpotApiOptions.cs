using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Crm;

/// <summary>Section <c>HubSpot</c>: which HubSpot accounts the server calls, and as whom. Without any it calls none.</summary>
public sealed class HubSpotApiOptions
{
    public const string Section = HubSpotOptions.Section;

    /// <summary>Access token of the private app (<c>pat-...</c>), with which its account is called. Empty by default.</summary>
    public string AccessToken { get; set; } = "";

    /// <summary>
    /// Id of the account that <c>AccessToken</c> belongs to. Null by default: HubSpot is asked once.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long? PortalId { get; set; }

    /// <summary>Client id of the public app, with which refresh tokens in <c>Portals</c> are used. Empty by default.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>
    /// Further accounts, each with <c>PortalId</c> and either <c>AccessToken</c>, of a private app, or <c>RefreshToken</c>, of the
    /// public app: <c>HubSpot__Portals__0__PortalId</c>. None by default.
    /// </summary>
    public List<HubSpotPortalOptions> Portals { get; set; } = [];

    /// <summary>
    /// Where HubSpot's API is, without a path. Default <c>https://api.hubapi.com</c>. Plain http is for loopback addresses only.
    /// </summary>
    public string ApiBaseUrl { get; set; } = "https://api.hubapi.com";

    /// <summary>How the API is called.</summary>
    [ValidateObjectMembers]
    public HubSpotCallOptions Api { get; set; } = new();

    /// <summary>The app's client secrets, newest first: <see cref="HubSpotOptions.ClientSecret"/>.</summary>
    internal IReadOnlyList<string> ClientSecrets { get; set; } = [];

    internal bool HasAccessToken => AccessToken.Length > 0;

    internal IEnumerable<HubSpotPortalOptions> OAuthPortals => Portals.Where(portal => portal.RefreshToken.Length > 0);
}
