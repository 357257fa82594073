namespace Lucitra.Graph.Http.Sockets;

/// <summary>
/// Browsers open WebSockets across sites without asking; the Origin header is all that tells a foreign page. It is
/// compared by host and port, since TLS may end before this server.
/// </summary>
internal static class OriginCheck
{
    public static bool Allows(HttpRequest request, string[] allowed)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
            return true;

        if (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase))
            return true;

        return allowed.Contains(origin, StringComparer.OrdinalIgnoreCase);
    }
}
