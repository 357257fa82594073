using Lucitra.Graph.Schema.Documents;
using Lucitra.Webhooks;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Http.Hardening;

/// <summary>What one connection, and all of them together, may take of the server.</summary>
internal sealed class ConnectionLimits(IOptions<HttpOptions> http, IOptions<WebhookOptions> webhooks, IOptions<GraphQLOptions> graphQL) : IConfigureOptions<KestrelServerOptions>
{
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(5);

    public void Configure(KestrelServerOptions options)
    {
        var (limits, settings) = (options.Limits, http.Value);
        options.AddServerHeader = false;
        limits.RequestHeadersTimeout = settings.RequestHeadersTimeout;
        limits.KeepAliveTimeout = settings.KeepAliveTimeout;
        limits.MinRequestBodyDataRate = new(settings.MinBytesPerSecond, _grace);
        limits.MinResponseDataRate = new(settings.MinBytesPerSecond, _grace);
        limits.MaxRequestHeadersTotalSize = settings.MaxHeaderBytes;
        limits.MaxConcurrentConnections = settings.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = settings.MaxWebSockets;

        // Each route has its own, smaller limit and says so. Within this one the rest of a refused body is read, so that its
        // sender gets the answer and not a broken connection.
        limits.MaxRequestBodySize = 2L * Math.Max(webhooks.Value.MaxBodyBytes, graphQL.Value.MaxRequestBytes);
    }
}
