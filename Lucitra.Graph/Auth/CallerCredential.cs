namespace Lucitra.Graph.Auth;

/// <summary>What a caller proved to be it with: what has to hold for as long as it is let in.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Identifies it among those of its kind.</param>
/// <param name="ExpiresAt">When it ends by itself; null when it does not.</param>
internal sealed record CallerCredential(CredentialKind Kind, string Id, DateTime? ExpiresAt = null)
{
    /// <summary>The key in the settings.</summary>
    public static readonly CallerCredential Setting = new(CredentialKind.Setting, "");
}

/// <summary>The kinds of credentials.</summary>
internal enum CredentialKind
{
    /// <summary>The key in the settings.</summary>
    Setting,

    /// <summary>The session of somebody who signed in here.</summary>
    Session,

    /// <summary>An API key.</summary>
    ApiKey,

    /// <summary>A token of the external issuer.</summary>
    External,
}
