using System.Security.Claims;
using Lucitra.Graph.Auth;

namespace Lucitra.Graph.Schema.Access;

/// <summary>What stands where a caller may not read a text. That there is a text stays visible; a missing one stays null.</summary>
internal static class Masking
{
    public const string Text = "***";

    /// <summary>The text as the caller may read it.</summary>
    public static string? Of(string? text, ClaimsPrincipal? caller, Scopes needed) =>
        text is null || (needed & ~Caller.ScopesOf(caller)) == 0 ? text : Text;
}
