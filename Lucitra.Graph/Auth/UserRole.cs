namespace Lucitra.Graph.Auth;

/// <summary>What a user may do, in three steps.</summary>
internal enum UserRole
{
    /// <summary>Reads contacts, deals and reports; e-mail addresses and telephone numbers are masked.</summary>
    Viewer,

    /// <summary>Reads and changes contacts and deals, with e-mail addresses and telephone numbers.</summary>
    Editor,

    /// <summary>Everything: also HubSpot's events, users, API keys and the audit.</summary>
    Admin,
}

/// <summary>The scopes of each role.</summary>
internal static class UserRoles
{
    private const Scopes Viewer = Scopes.ContactsRead | Scopes.DealsRead | Scopes.AnalyticsRead;
    private const Scopes Editor = Viewer | Scopes.ContactsReadPersonal | Scopes.ContactsWrite | Scopes.DealsWrite;

    public static Scopes ScopesOf(UserRole role) => role switch
    {
        UserRole.Viewer => Viewer,
        UserRole.Editor => Editor,
        UserRole.Admin => Scopes.All,
        _ => Scopes.None,
    };

    /// <summary>As tokens, commands and settings write it, such as <c>viewer</c>.</summary>
    public static string NameOf(UserRole role) => role.ToString().ToLowerInvariant();

    public static UserRole? Find(string name) =>
        Enum.GetValues<UserRole>().Where(role => NameOf(role) == name).Select(role => (UserRole?)role).FirstOrDefault();
}
