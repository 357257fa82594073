namespace Lucitra.Webhooks.Crm;

/// <summary>One of <c>HubSpot:Portals</c>: an account and its credentials.</summary>
public sealed class HubSpotPortalOptions
{
    /// <summary>Id of the account.</summary>
    public long PortalId { get; set; }

    /// <summary>Access token of a private app of the account; empty if there is a refresh token.</summary>
    public string AccessToken { get; set; } = "";

    /// <summary>Refresh token that the account's consent to the public app gave; empty if there is an access token.</summary>
    public string RefreshToken { get; set; } = "";
}
