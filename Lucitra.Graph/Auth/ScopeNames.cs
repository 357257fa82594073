using System.Diagnostics.CodeAnalysis;

namespace Lucitra.Graph.Auth;

/// <summary>How scopes are written.</summary>
internal static class ScopeNames
{
    private static readonly (Scopes Scope, string Name)[] _names =
    [
        (Scopes.ContactsRead, "contacts:read"),
        (Scopes.ContactsReadPersonal, "contacts:read:pii"),
        (Scopes.ContactsWrite, "contacts:write"),
        (Scopes.DealsRead, "deals:read"),
        (Scopes.DealsWrite, "deals:write"),
        (Scopes.AnalyticsRead, "analytics:read"),
        (Scopes.WebhooksAdmin, "webhooks:admin"),
        (Scopes.UsersAdmin, "users:admin"),
    ];

    public static IReadOnlyList<string> All { get; } = [.. _names.Select(pair => pair.Name)];

    public static IReadOnlyList<string> Of(Scopes scopes) => [.. _names.Where(pair => scopes.HasFlag(pair.Scope)).Select(pair => pair.Name)];

    /// <summary>The scope of this name; None where there is none.</summary>
    public static Scopes Find(string name) => Array.Find(_names, pair => pair.Name == name).Scope;

    /// <summary>Scopes with spaces between; names that are none of ours do not count.</summary>
    public static Scopes Parse(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Aggregate(Scopes.None, (all, name) => all | Find(name));

    /// <summary>All scopes of a list; false, with the first unknown name, when one is unknown.</summary>
    public static bool TryParse(IEnumerable<string> names, out Scopes scopes, [NotNullWhen(false)] out string? unknown)
    {
        (scopes, unknown) = (Scopes.None, null);
        foreach (var name in names)
        {
            if (Find(name) is not (not Scopes.None and var scope))
            {
                unknown = name;
                return false;
            }

            scopes |= scope;
        }

        return true;
    }
}
