using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Http.Hardening;

/// <summary>What protects every route: limits of connections, proxies that are believed, HTTPS, headers for browsers.</summary>
internal static class HardeningModule
{
    private const int HttpsPort = 443;

    // Callers of these are machines that do not follow, or sign for the address as it is.
    private static readonly string[] _neverRedirected = ["/webhook", "/internal", "/health"];

    public static void AddHardening(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<HttpOptions>().Bind(builder.Configuration.GetSection(HttpOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.ConfigureOptions<ConnectionLimits>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<HttpOptions>>((forwarded, http) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in http.Value.TrustedProxies)
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));

            // Read from the last proxy back, as long as they are trusted; the first that is not is the caller.
            forwarded.ForwardLimit = null;
        });
        services.Configure<HttpsRedirectionOptions>(https => (https.HttpsPort, https.RedirectStatusCode) = (HttpsPort, StatusCodes.Status308PermanentRedirect));
    }

    public static void UseHardening(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<HttpOptions>>().Value;
        if (options.TrustedProxies.Length > 0)
            app.UseForwardedHeaders();
        var maxAge = app.Environment.IsDevelopment() ? TimeSpan.Zero : options.HstsMaxAge;
        app.Use((context, next) =>
        {
            SecurityHeaders.AddTo(context, maxAge);
            return next(context);
        });
        if (options.RedirectToHttps)
            app.UseWhen(context => !_neverRedirected.Any(path => context.Request.Path.StartsWithSegments(path)), web => web.UseHttpsRedirection());
    }
}
