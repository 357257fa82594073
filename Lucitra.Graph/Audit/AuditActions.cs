namespace Lucitra.Graph.Audit;

/// <summary>What identities do, as the audit names it.</summary>
internal static class AuditActions
{
    public const string SignedIn = "sign-in";
    public const string SignInFailed = "sign-in.failed";
    public const string SignInLocked = "sign-in.locked";
    public const string SignedOut = "sign-out";
    public const string SessionReused = "session.reused-token";
    public const string PasswordChanged = "user.password-changed";
    public const string UserCreated = "user.created";
    public const string UserRoleChanged = "user.role-changed";
    public const string UserDisabled = "user.disabled";
    public const string UserEnabled = "user.enabled";
    public const string UserDeleted = "user.deleted";
    public const string KeyCreated = "api-key.created";
    public const string KeyRotated = "api-key.rotated";
    public const string KeyRevoked = "api-key.revoked";
    public const string KeyFirstUsed = "api-key.first-use";
    public const string KeyRefused = "api-key.refused";
}
