using System.Security.Claims;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Records;

/// <summary>
/// Properties that hold e-mail addresses or telephone numbers. HubSpot does not mark them, so they are known by their
/// names, as HubSpot's own and most accounts' have them; a text that holds an address is one whatever its name.
/// </summary>
internal static class PersonalProperties
{
    /// <summary>What fields that hold values of any property say about it.</summary>
    public const string Note = "`***` where it is or holds an e-mail address or a telephone number, and the caller lacks the scope `contacts:read:pii`.";

    private static readonly string[] _words = ["email", "phone", "mobile", "fax"];

    public static bool Contains(string name) => Array.Exists(_words, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The text as the caller may read it.</summary>
    public static string? Mask(string name, string? text, ClaimsPrincipal? caller) =>
        text is not null && (Contains(name) || text.Contains('@', StringComparison.Ordinal))
            ? Masking.Of(text, caller, Scopes.ContactsReadPersonal)
            : text;
}
