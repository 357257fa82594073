using Lucitra.Graph.Schema.Mutations;

namespace Lucitra.Graph.Auth.SignIn;

/// <summary>Who signs in.</summary>
/// <param name="Email">The e-mail address, in upper or lower case.</param>
/// <param name="Password">The password.</param>
/// <param name="Cookies">
/// Whether the tokens come as cookies that no script can read, and not in the answer. Requests that change something then need
/// the header `GraphQL-Preflight: 1`.
/// </param>
internal sealed record LoginInput(string Email, string Password, Optional<bool?> Cookies) : MutationInput;

/// <summary>Which session goes on.</summary>
/// <param name="RefreshToken">The refresh token; left out: that of the cookie.</param>
internal sealed record RefreshTokenInput(Optional<string> RefreshToken) : MutationInput;

/// <summary>Which session ends.</summary>
/// <param name="RefreshToken">A refresh token of the session; left out: that of the cookie, or the session of the access token.</param>
internal sealed record LogoutInput(Optional<string> RefreshToken) : MutationInput;

/// <summary>Ends every session.</summary>
/// <param name="KeepThis">Whether the session that asks goes on. Left out: false.</param>
internal sealed record LogoutEverywhereInput(Optional<bool?> KeepThis) : MutationInput;

/// <summary>The old password and the new one.</summary>
/// <param name="CurrentPassword">The password until now.</param>
/// <param name="NewPassword">The password from now on: 12 to 128 characters.</param>
internal sealed record ChangePasswordInput(string CurrentPassword, string NewPassword) : MutationInput;
