using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Auth;

/// <summary>Refuses settings with which the wrong people might get in, or nobody, and says what to set.</summary>
internal sealed class AuthOptionsValidation : IValidateOptions<AuthOptions>
{
    private const int MinApiKeyLength = 24;
    private const int MinSecretLength = 32;

    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        var failures = new List<string>();
        if (options.ApiKey.Length is > 0 and < MinApiKeyLength)
            failures.Add($"Auth:ApiKey is shorter than {MinApiKeyLength} characters. Set Auth__ApiKey to a longer random text, or to none.");
        if (options.AdminPassword.Length is > 0 and (< AuthOptions.MinPasswordLength or > AuthOptions.MaxPasswordLength))
            failures.Add($"Auth:AdminPassword has not {AuthOptions.MinPasswordLength} to {AuthOptions.MaxPasswordLength} characters. Set Auth__AdminPassword to another one.");
        if (options.Tokens.EncryptionSecrets().Any(secret => secret.Length < MinSecretLength))
            failures.Add($"Auth:Tokens:EncryptionSecret is shorter than {MinSecretLength} characters. Set Auth__Tokens__EncryptionSecret to a longer random text.");
        if (options.IsExternal)
            failures.AddRange(ProblemsWithAuthority(options));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> ProblemsWithAuthority(AuthOptions options)
    {
        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) || !(authority.Scheme == Uri.UriSchemeHttps || authority is { Scheme: "http", IsLoopback: true }))
            yield return "Auth:Authority is no https URL. Set Auth__Authority to the issuer of the OpenID Connect provider, such as https://login.example.com.";
        if (options.Audience.Length == 0)
            yield return "Auth:Audience is empty. Set Auth__Audience to the audience that tokens of Auth:Authority are for.";
    }
}
