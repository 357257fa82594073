namespace Lucitra.Graph.Auth;

/// <summary>Who calls cannot be told at present; the caller may try again.</summary>
internal sealed class AuthenticationUnavailableException(Exception inner) : Exception("Credentials cannot be checked at present.", inner);
