using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Crm;

/// <summary>Refuses settings with which HubSpot could not be called, and names the setting to change. Never quotes a token.</summary>
internal sealed class HubSpotApiOptionsValidation : IValidateOptions<HubSpotApiOptions>
{
    public ValidateOptionsResult Validate(string? name, HubSpotApiOptions options)
    {
        var failures = new List<string>();
        if (UrlProblem(options.ApiBaseUrl) is { } problem)
            failures.Add($"HubSpot:ApiBaseUrl (environment: HubSpot__ApiBaseUrl) {problem}; HubSpot's is https://api.hubapi.com.");
        if (!IsToken(options.AccessToken))
            failures.Add("HubSpot:AccessToken (environment: HubSpot__AccessToken) has spaces, line breaks or other characters that no token has.");
        if (options is { PortalId: not null, HasAccessToken: false })
            failures.Add("HubSpot:PortalId (environment: HubSpot__PortalId) is set without HubSpot:AccessToken (environment: HubSpot__AccessToken).");
        for (var index = 0; index < options.Portals.Count; index++)
            failures.AddRange(ProblemsOf(options.Portals[index], $"HubSpot__Portals__{index}"));
        failures.AddRange(ProblemsOfAll(options));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> ProblemsOf(HubSpotPortalOptions portal, string environment)
    {
        if (portal.PortalId <= 0)
            yield return $"{environment}__PortalId is missing or not an account's id.";
        if (portal.AccessToken.Length > 0 == portal.RefreshToken.Length > 0)
            yield return $"Set either {environment}__AccessToken or {environment}__RefreshToken.";
        if (!IsToken(portal.AccessToken) || !IsToken(portal.RefreshToken))
            yield return $"{environment}__AccessToken or {environment}__RefreshToken has spaces, line breaks or other characters that no token has.";
    }

    private static IEnumerable<string> ProblemsOfAll(HubSpotApiOptions options)
    {
        var twice =
            from id in options.Portals.Select(portal => portal.PortalId).Append(options.PortalId ?? 0)
            where id > 0
            group id by id into same
            where same.Count() > 1
            select $"HubSpot__Portals (with HubSpot__PortalId) has portal {same.Key} more than once.";
        foreach (var failure in twice)
            yield return failure;
        if (!options.OAuthPortals.Any())
            yield break;
        if (options.ClientId.Length == 0)
            yield return "HubSpot:ClientId (environment: HubSpot__ClientId) is empty, but refresh tokens need it.";
        if (options.ClientSecrets.Count == 0)
            yield return "HubSpot:ClientSecret (environment: HubSpot__ClientSecret) is empty, but refresh tokens need it.";
    }

    private static bool IsToken(string text) => text.All(letter => letter is > ' ' and < '\x7f');

    private static string? UrlProblem(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            return "is not an absolute URL";
        if (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            return "is not https, which only a loopback address need not be";
        return url.PathAndQuery == "/" && url.Fragment.Length == 0 && url.UserInfo.Length == 0 ? null : "has a path, a query or a user in it";
    }
}
