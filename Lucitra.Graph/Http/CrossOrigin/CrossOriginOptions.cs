using System.ComponentModel.DataAnnotations;

namespace Lucitra.Graph.Http.CrossOrigin;

/// <summary>Section <c>Cors</c>: which web pages of other origins may call <c>/graphql</c> and <c>/api/v1</c> from a browser.</summary>
public sealed class CrossOriginOptions : IValidatableObject
{
    public const string Section = "Cors";

    internal const string Any = "*";

    /// <summary>
    /// Origins such as <c>https://app.example.com</c>, without a path, or <c>*</c> for every one. Default none: browsers let
    /// only pages of this server's own origin read its answers. WebSockets have <c>GraphQL:AllowedOrigins</c>.
    /// </summary>
    public string[] AllowedOrigins { get; set; } = [];

    /// <summary>Whether pages of these origins may send cookies. Never together with <c>*</c>. Default false.</summary>
    public bool AllowCredentials { get; set; }

    /// <summary>How long a browser may keep the answer to a preflight. Default 10 minutes; 0 to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan PreflightMaxAge { get; set; } = TimeSpan.FromMinutes(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AllowCredentials && AllowedOrigins.Contains(Any))
            yield return new("Cors:AllowCredentials is true while Cors:AllowedOrigins is *: any page could act as the visitor. List the origins instead.");
        foreach (var origin in AllowedOrigins.Where(origin => origin != Any && !IsOrigin(origin)))
            yield return new($"Cors:AllowedOrigins has '{origin}', which is no origin. Write scheme, host and port alone, such as https://app.example.com.");
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase);
}
