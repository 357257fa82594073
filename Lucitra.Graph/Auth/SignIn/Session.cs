namespace Lucitra.Graph.Auth.SignIn;

/// <summary>One sign-in and the tokens that came of it. When it ends, all of them do.</summary>
internal sealed class Session
{
    public Guid Id { get; set; }

    public Guid UserId { get; set; }

    public User? User { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>When it ends at the latest.</summary>
    public DateTime ExpiresAt { get; set; }

    /// <summary>When somebody ended it; null while nobody has.</summary>
    public DateTime? EndedAt { get; set; }

    /// <summary>The address that the sign-in came from.</summary>
    public string? RemoteAddress { get; set; }
}

/// <summary>A refresh token: good for one use, which gives the next one.</summary>
internal sealed class RefreshToken
{
    /// <summary>SHA-256 of the token; the token itself is not kept.</summary>
    public required string Hash { get; set; }

    public Guid SessionId { get; set; }

    public Session? Session { get; set; }

    public DateTime ExpiresAt { get; set; }

    /// <summary>When it was first used; null while it was not.</summary>
    public DateTime? UsedAt { get; set; }
}

/// <summary>Failed attempts to sign in, as an account or from an address.</summary>
internal sealed class SignInAttempts
{
    /// <summary>A hash of the account's or the caller's address.</summary>
    public required string Key { get; set; }

    /// <summary>How many have failed in a row, or are being tried.</summary>
    public int Failures { get; set; }

    public DateTime LastAt { get; set; }

    /// <summary>Until when none is looked at; null when they are.</summary>
    public DateTime? LockedUntil { get; set; }
}
