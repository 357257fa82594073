using System.Text.Json.Nodes;
using Lucitra.Twin.State;
using Microsoft.AspNetCore.Http;

namespace Lucitra.Twin.Api;

/// <summary>Who may call: private apps by their token, OAuth apps by one of half an hour.</summary>
internal sealed class Tokens(TwinOptions options, TwinState state, TwinFaults faults)
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromSeconds(1800);

    private readonly Dictionary<string, (Portal Portal, DateTimeOffset ExpiresAt)> _issued = [];

    /// <summary>The portal that a token opens, or null.</summary>
    public Portal? PortalOf(string? authorization)
    {
        if (faults.TokenRevoked || authorization?.StartsWith("Bearer ", StringComparison.Ordinal) != true)
            return null;
        var token = authorization["Bearer ".Length..];
        if (_issued.TryGetValue(token, out var issued))
            return issued.ExpiresAt > options.Clock.GetUtcNow() ? issued.Portal : null;
        return state.Portals.FirstOrDefault(portal => portal.AccessToken == token);
    }

    public ApiAnswer Refresh(IFormCollection form)
    {
        if (form["grant_type"] != "refresh_token" || form["client_secret"] != options.ClientSecret)
            return Invalid("BAD_CLIENT_SECRET", "missing or invalid client secret");
        if (faults.TokenRevoked || state.Portals.FirstOrDefault(portal => portal.RefreshToken == form["refresh_token"]) is not { } found)
            return Invalid("BAD_REFRESH_TOKEN", "refresh token is invalid, expired or revoked");

        var token = $"oauth-{found.Id}-{_issued.Count + 1}";
        _issued[token] = (found, options.Clock.GetUtcNow() + _lifetime);
        return new ApiAnswer(200, new JsonObject
        {
            ["token_type"] = "bearer",
            ["refresh_token"] = found.RefreshToken,
            ["access_token"] = token,
            ["hub_id"] = found.Id,
            ["scopes"] = new JsonArray("oauth", "crm.objects.contacts.read", "crm.objects.deals.read"),
            ["expires_in"] = (int)_lifetime.TotalSeconds,
        })
        { TellsLimits = false };
    }

    private static ApiAnswer Invalid(string status, string message) => new(400, new JsonObject
    {
        ["error"] = "invalid_grant",
        ["error_description"] = message,
        ["status"] = status,
        ["message"] = message,
    })
    { TellsLimits = false };
}
