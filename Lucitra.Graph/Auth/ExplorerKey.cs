using System.Net;
using Lucitra.Graph.Http.Explorer;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Auth;

/// <summary>
/// Hands the explorer of a development server the API key, so that it works as soon as it is opened: on this computer, and
/// only there.
/// </summary>
internal sealed class ExplorerKey(IHostEnvironment environment, IOptions<AuthOptions> options) : IConfigureOptions<ExplorerOptions>
{
    private static readonly string[] _localHosts = ["localhost", "127.0.0.1", "[::1]"];

    // What proxies and tunnels add: their calls come from this computer too, on behalf of another.
    private static readonly string[] _forwarding = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Via"];

    public void Configure(ExplorerOptions explorer)
    {
        if (environment.IsDevelopment())
            explorer.HttpHeaders = HeadersFor;
    }

    private Dictionary<string, string>? HeadersFor(HttpContext context) =>
        IsLocal(context) ? new() { ["Authorization"] = $"Bearer {options.Value.ApiKey}" } : null;

    // A page of another site whose name was made to resolve to this computer (DNS rebinding) calls by that name.
    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && _localHosts.Contains(context.Request.Host.Host, StringComparer.OrdinalIgnoreCase)
        && !_forwarding.Any(context.Request.Headers.ContainsKey);
}
