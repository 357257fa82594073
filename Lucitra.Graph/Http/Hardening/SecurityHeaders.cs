using System.Globalization;

namespace Lucitra.Graph.Http.Hardening;

/// <summary>
/// Tells browsers to do nothing with an answer that it was not made for. Pages say themselves which scripts and styles
/// they have; everything else may load and be framed by nothing.
/// </summary>
internal static class SecurityHeaders
{
    private const string DataPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void AddTo(HttpContext context, TimeSpan hstsMaxAge) => context.Response.OnStarting(() =>
    {
        var headers = context.Response.Headers;
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("X-Frame-Options", "DENY");
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=()");

        // The policy of a script is that of the worker it runs as; scripts are under the policy of their page.
        if (context.Response.ContentType?.Contains("javascript", StringComparison.OrdinalIgnoreCase) != true)
            headers.TryAdd("Content-Security-Policy", DataPolicy);
        if (context.Request.IsHttps && hstsMaxAge > TimeSpan.Zero)
            headers.StrictTransportSecurity = string.Create(CultureInfo.InvariantCulture, $"max-age={hstsMaxAge.TotalSeconds:0}; includeSubDomains");
        return Task.CompletedTask;
    });
}
