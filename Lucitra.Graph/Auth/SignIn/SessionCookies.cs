using System.Net;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Auth.SignIn;

/// <summary>
/// Tokens in cookies, for browsers: no script can read them. They are <c>HttpOnly</c>, <c>SameSite=Strict</c> and, but on this
/// computer, <c>Secure</c>; and a request that they let in, other than a GET, has to bring the header that a page of another site
/// cannot send unasked.
/// </summary>
internal static class SessionCookies
{
    public const string Access = "lucitra_access";
    public const string Refresh = "lucitra_refresh";

    /// <summary>The header that proves that a request comes from a page of this site, as HotChocolate and its clients name it.</summary>
    public const string Header = "GraphQL-Preflight";

    public static string? AccessOf(HttpRequest request) => Of(request, Access);

    public static string? RefreshOf(HttpRequest request) => Of(request, Refresh);

    /// <summary>Whether cookies may count for this request.</summary>
    public static bool MayCount(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers.ContainsKey(Header);

    public static void Set(HttpContext context, AccessGrant grant)
    {
        Set(context, Access, grant.AccessToken, grant.ExpiresAt);
        Set(context, Refresh, grant.RefreshToken, grant.RefreshExpiresAt);
    }

    public static void Clear(HttpContext context)
    {
        if (context.Response.HasStarted || (Of(context.Request, Access) ?? Of(context.Request, Refresh)) is null)
            return;
        context.Response.Cookies.Delete(Access, Options(context, null));
        context.Response.Cookies.Delete(Refresh, Options(context, null));
    }

    private static void Set(HttpContext context, string name, string token, DateTime expiresAt)
    {
        if (context.Response.HasStarted)
            throw new CodedError(ErrorCodes.InvalidRequest, "Cookies cannot be set over a WebSocket or in a stream of results. Send a request of its own.");
        context.Response.Cookies.Append(name, token, Options(context, expiresAt));
    }

    private static CookieOptions Options(HttpContext context, DateTime? expiresAt) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps || !IsThisComputer(context.Request.Host.Host),
        Path = "/",
        Expires = expiresAt,
    };

    private static bool IsThisComputer(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static string? Of(HttpRequest request, string name) => request.Cookies[name] is { Length: > 0 } token ? token : null;
}
