using Lucitra.Graph.Schema.Mutations;

namespace Lucitra.Graph.Contacts;

/// <summary>Another live contact has this e-mail address, in upper or lower case.</summary>
/// <param name="Email">The address.</param>
internal sealed record EmailAlreadyInUseError(string Email) : UserError($"The email '{Email}' is already in use.");
