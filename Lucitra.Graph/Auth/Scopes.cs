namespace Lucitra.Graph.Auth;

/// <summary>What a caller may do. Tokens, API keys and clients name scopes as <see cref="ScopeNames"/> writes them.</summary>
[Flags]
internal enum Scopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>contacts:read</c>: contacts, with masked e-mail addresses and telephone numbers.</summary>
    ContactsRead = 1 << 0,

    /// <summary><c>contacts:read:pii</c>: e-mail addresses and telephone numbers as they are.</summary>
    ContactsReadPersonal = 1 << 1,

    /// <summary><c>contacts:write</c>: changes to contacts.</summary>
    ContactsWrite = 1 << 2,

    /// <summary><c>deals:read</c>: deals, pipelines and stages.</summary>
    DealsRead = 1 << 3,

    /// <summary><c>deals:write</c>: changes to deals.</summary>
    DealsWrite = 1 << 4,

    /// <summary><c>analytics:read</c>: reports.</summary>
    AnalyticsRead = 1 << 5,

    /// <summary><c>webhooks:admin</c>: HubSpot's events as they came, and their replay.</summary>
    WebhooksAdmin = 1 << 6,

    /// <summary><c>users:admin</c>: users, API keys and the audit.</summary>
    UsersAdmin = 1 << 7,

    /// <summary>Everything.</summary>
    All = (1 << 8) - 1,
}
