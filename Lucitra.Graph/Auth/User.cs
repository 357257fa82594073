namespace Lucitra.Graph.Auth;

/// <summary>Somebody who signs in with an e-mail address and a password.</summary>
internal sealed class User
{
    public Guid Id { get; set; }

    /// <summary>In lower case; unique.</summary>
    public required string Email { get; set; }

    /// <summary>As ASP.NET Core Identity hashes (PBKDF2, format version 3).</summary>
    public required string PasswordHash { get; set; }

    /// <summary><c>viewer</c>, <c>editor</c> or <c>admin</c>.</summary>
    public required string Role { get; set; }

    public DateTime CreatedAt { get; set; }
}
