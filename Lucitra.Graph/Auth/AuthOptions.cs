using System.ComponentModel.DataAnnotations;

namespace Lucitra.Graph.Auth;

/// <summary>Section <c>Auth</c>: who may use <c>/graphql</c> and <c>/api/v1</c>.</summary>
internal sealed class AuthOptions
{
    public const string Section = "Auth";

    public const int MinPasswordLength = 12;

    /// <summary>
    /// The key that callers send as <c>Authorization: Bearer</c> or <c>X-Api-Key</c>, at least 24 characters. Required; in
    /// Development one is made at the first start.
    /// </summary>
    [Required(ErrorMessage = "Auth:ApiKey is empty. Set Auth__ApiKey to a random text of at least 24 characters; callers of /graphql and /api/v1 send it.")]
    [MinLength(24, ErrorMessage = "Auth:ApiKey is shorter than 24 characters. Set Auth__ApiKey to a longer random text.")]
    public string ApiKey { get; set; } = "";

    /// <summary>
    /// The e-mail address of the first administrator, made at the first start of an empty database. In Development
    /// <c>admin@localhost</c> when empty; elsewhere none is made without it.
    /// </summary>
    public string AdminEmail { get; set; } = "";

    /// <summary>The first administrator's password, at least 12 characters. In Development one is made and printed once.</summary>
    public string AdminPassword { get; set; } = "";
}
