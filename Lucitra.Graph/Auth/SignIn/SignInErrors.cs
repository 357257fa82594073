using Lucitra.Graph.Schema.Mutations;

namespace Lucitra.Graph.Auth.SignIn;

/// <summary>No user has this e-mail address and password, or the user may not sign in. Which of these is not told.</summary>
internal sealed record InvalidCredentialsError() : UserError("The e-mail address or the password is wrong.");

/// <summary>Too many attempts have failed, as this account or from this address; for a while none is looked at.</summary>
/// <param name="RetryAfterSeconds">How long from now.</param>
internal sealed record SignInLockedError(int RetryAfterSeconds) : UserError($"Too many attempts have failed. Try again in {RetryAfterSeconds} seconds.");

/// <summary>The refresh token is unknown, used or at its end, or its session has ended. Sign in again.</summary>
internal sealed record InvalidRefreshTokenError() : UserError("The refresh token is not good. Sign in again.");

/// <summary>Tokens come from an external issuer here: `Auth:Authority` is set.</summary>
internal sealed record LocalSignInDisabledError() : UserError("Nobody signs in here: get a token from the OpenID Connect issuer of this server.");

/// <summary>Only somebody who signed in here with a password can do this; the holder of an API key or of an external token cannot.</summary>
internal sealed record NotSignedInHereError() : UserError("Only somebody who signed in with a password can do this.");
