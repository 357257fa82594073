using System.Security.Claims;

namespace Lucitra.Graph.Auth;

/// <summary>What a caller is.</summary>
internal enum CallerKind
{
    /// <summary>Somebody who signed in here.</summary>
    User,

    /// <summary>The holder of an API key.</summary>
    ApiKey,

    /// <summary>The holder of a token of the external issuer.</summary>
    External,
}

/// <summary>
/// A known caller. Its claims are those of a token (<c>sub</c>, <c>name</c>, <c>kind</c>, one <c>scope</c> for each scope);
/// what is asked of it for every field is kept beside them.
/// </summary>
internal sealed class CallerIdentity : ClaimsIdentity
{
    public const string SubjectClaim = "sub";
    public const string NameOfCallerClaim = "name";
    public const string KindClaim = "kind";
    public const string ScopeClaim = "scope";

    private const string Scheme = "Lucitra";
    private const string UserPrefix = "user:";

    /// <param name="kind">What it is.</param>
    /// <param name="subject">Identifies it for ever, such as <c>user:0197…</c>; what is counted or remembered by caller goes by it.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="scopes">What it may do.</param>
    /// <param name="credential">What it proved to be it with.</param>
    public CallerIdentity(CallerKind kind, string subject, string name, Scopes scopes, CallerCredential credential)
        : base(ClaimsOf(kind, subject, name, scopes), Scheme, NameOfCallerClaim, ClaimTypes.Role)
    {
        (Kind, Subject, Scopes, Credential) = (kind, subject, scopes, credential);
    }

    public CallerKind Kind { get; }

    public string Subject { get; }

    public Scopes Scopes { get; }

    public CallerCredential Credential { get; }

    /// <summary>The user who signed in here; null for callers of other kinds.</summary>
    public Guid? UserId => Kind == CallerKind.User ? Guid.Parse(Subject.AsSpan(UserPrefix.Length)) : null;

    /// <summary>The subject of a user.</summary>
    public static string SubjectOf(Guid userId) => $"{UserPrefix}{userId}";

    private static IEnumerable<Claim> ClaimsOf(CallerKind kind, string subject, string name, Scopes scopes) =>
    [
        new(SubjectClaim, subject),
        new(NameOfCallerClaim, name),
        new(KindClaim, kind.ToString()),
        .. ScopeNames.Of(scopes).Select(scope => new Claim(ScopeClaim, scope)),
    ];
}
