using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Auth;

/// <summary>Section <c>Auth</c>: who may use <c>/graphql</c> and <c>/api/v1</c>.</summary>
internal sealed class AuthOptions
{
    public const string Section = "Auth";

    public const int MinPasswordLength = 12;
    public const int MaxPasswordLength = 128;

    /// <summary>
    /// A key with every scope that needs no database, at least 24 characters: for the first steps and for emergencies. Default
    /// empty, which is no key; in Development one is made at the first start.
    /// </summary>
    public string ApiKey { get; set; } = "";

    /// <summary>
    /// The e-mail address of the first administrator, made at the first start of an empty database. In Development
    /// <c>admin@localhost</c> when empty; elsewhere none is made without it.
    /// </summary>
    public string AdminEmail { get; set; } = "";

    /// <summary>The first administrator's password, at least 12 characters. In Development one is made and printed once.</summary>
    public string AdminPassword { get; set; } = "";

    /// <summary>
    /// The issuer of an external OpenID Connect provider, such as <c>https://login.example.com/realms/crm</c>. With it, its
    /// access tokens are taken and nobody signs in here; API keys stay. HTTPS, but for this computer. Default empty.
    /// </summary>
    public string Authority { get; set; } = "";

    /// <summary>The audience that tokens of <c>Auth:Authority</c> must be for. Required with it.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The claim of external tokens that holds scopes, as a list or with spaces between. Default <c>scope</c>.</summary>
    [MinLength(1)]
    public string ScopeClaim { get; set; } = "scope";

    /// <summary>
    /// The claim of external tokens that holds roles: <c>viewer</c>, <c>editor</c> and <c>admin</c> count with their scopes, others do
    /// not. Default <c>roles</c>.
    /// </summary>
    [MinLength(1)]
    public string RoleClaim { get; set; } = "roles";

    /// <summary>
    /// How long a token or key that was found good is not looked up again, and how often those behind open subscriptions are.
    /// A revocation counts in other processes after this time at the latest, in its own at once. Default 5 seconds; 100 ms to 1 minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan RecheckInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The tokens of those who sign in here.</summary>
    [ValidateObjectMembers]
    public TokenOptions Tokens { get; set; } = new();

    /// <summary>Whether tokens come from an external issuer.</summary>
    internal bool IsExternal => Authority.Length > 0;
}

/// <summary>Section <c>Auth:Tokens</c>.</summary>
internal sealed class TokenOptions
{
    /// <summary>
    /// Encrypts the private keys that sign tokens where they are stored, in the database; at least 32 characters, several with commas
    /// between during a rotation, the first of which encrypts. Default empty: they are stored as they are.
    /// </summary>
    public string EncryptionSecret { get; set; } = "";

    /// <summary>The issuer and audience of the tokens. Default <c>lucitra</c>.</summary>
    [MinLength(1)]
    public string Issuer { get; set; } = "lucitra";

    /// <summary>How long an access token is good. Default 15 minutes; 1 minute to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "01:00:00")]
    public TimeSpan AccessLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a refresh token waits to be used. Default 14 days; 1 hour to 365 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan RefreshLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>How long somebody stays signed in at most, however often the tokens are renewed. Default 90 days; 1 hour to 3650 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How long after its use a refresh token may come again without being taken for stolen: two tabs of one browser renew at the same
    /// moment. Default 10 seconds; 0 (never) to 1 minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ReuseGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a key signs before the next one does. Default 30 days; 1 hour to 365 days.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan KeyLifetime { get; set; } = TimeSpan.FromDays(30);

    internal string[] EncryptionSecrets() => EncryptionSecret.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
