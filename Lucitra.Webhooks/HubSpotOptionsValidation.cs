using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks;

/// <summary>Refuses settings with which a signature could not be checked, and names the setting to change.</summary>
internal sealed class HubSpotOptionsValidation : IValidateOptions<HubSpotOptions>
{
    public ValidateOptionsResult Validate(string? name, HubSpotOptions options)
    {
        var failures = new List<string>();
        if (options.ClientSecrets().Length == 0)
        {
            failures.Add(
                "HubSpot:ClientSecret is empty. Set it (environment: HubSpot__ClientSecret) to the client secret of the HubSpot app.");
        }

        if (UrlProblem(options.PublicBaseUrl) is { } problem)
        {
            failures.Add(
                $"HubSpot:PublicBaseUrl {problem}. Set it (environment: HubSpot__PublicBaseUrl) to the beginning of the target URL " +
                "entered in HubSpot, without /webhook, such as https://hooks.example.com.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static string? UrlProblem(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "is empty";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
            return "is not an absolute http or https URL";
        if (text != text.Trim() || text.Contains('?') || text.Contains('#'))
            return "has spaces, a query or a fragment";
        return url.AbsolutePath.TrimEnd('/').EndsWith("/webhook", StringComparison.Ordinal) ? "ends in /webhook" : null;
    }
}
