using System.Security.Claims;

namespace Lucitra.Graph.Auth;

/// <summary>Reads who calls, in the one way for everybody who asks.</summary>
internal static class Caller
{
    /// <summary>The subject and name of callers that nobody knows.</summary>
    public const string Anonymous = "anonymous";

    public static CallerIdentity? Of(ClaimsPrincipal? principal) => principal?.Identity as CallerIdentity;

    /// <summary>What identifies the caller for ever: what is counted or remembered by caller goes by it.</summary>
    public static string SubjectOf(ClaimsPrincipal? principal) => Of(principal)?.Subject ?? principal?.Identity?.Name ?? Anonymous;

    /// <summary>What people call the caller.</summary>
    public static string NameOf(ClaimsPrincipal? principal) => principal?.Identity?.Name ?? Anonymous;

    public static Scopes ScopesOf(ClaimsPrincipal? principal) => Of(principal)?.Scopes ?? Scopes.None;
}
