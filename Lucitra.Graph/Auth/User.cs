namespace Lucitra.Graph.Auth;

/// <summary>Somebody who signs in with an e-mail address and a password.</summary>
internal sealed class User
{
    public const int MaxEmailLength = 320;
    public const int MaxNameLength = 200;

    /// <summary>Identifies the user.</summary>
    public Guid Id { get; set; }

    /// <summary>The e-mail address to sign in with, in lower case; unique.</summary>
    public required string Email { get; set; }

    /// <summary>What people call the user; null when nobody said.</summary>
    public string? Name { get; set; }

    /// <summary>As ASP.NET Core Identity hashes (PBKDF2, format version 3).</summary>
    public required string PasswordHash { get; set; }

    /// <summary>What the user may do.</summary>
    public UserRole Role { get; set; }

    /// <summary>When the user was made.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>Since when the user may not sign in; null for users who may.</summary>
    public DateTime? DisabledAt { get; set; }

    /// <summary>When the user signed in last; null when never.</summary>
    public DateTime? LastSignInAt { get; set; }

    /// <summary>What others see.</summary>
    public string DisplayName => Name ?? Email;
}
