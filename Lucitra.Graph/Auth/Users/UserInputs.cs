using Lucitra.Graph.Schema.Mutations;

namespace Lucitra.Graph.Auth.Users;

/// <summary>Who is to be a user.</summary>
/// <param name="Email">The e-mail address to sign in with; no other user may have it.</param>
/// <param name="Name">What people call the user.</param>
/// <param name="Role">What the user may do; nobody can give more than they have.</param>
/// <param name="Password">The password, 12 to 128 characters. Left out: one is made and given back once.</param>
internal sealed record CreateUserInput(string Email, Optional<string> Name, UserRole Role, Optional<string> Password) : MutationInput;

/// <summary>Which user gets another role.</summary>
/// <param name="Id">The user.</param>
/// <param name="Role">The role; it counts within `Auth:RecheckInterval`, also for those who are signed in.</param>
internal sealed record ChangeUserRoleInput([GlobalId(nameof(User))] Guid Id, UserRole Role) : MutationInput;

/// <summary>Which user may not sign in any more.</summary>
/// <param name="Id">The user.</param>
internal sealed record DisableUserInput([GlobalId(nameof(User))] Guid Id) : MutationInput;

/// <summary>Which user may sign in again.</summary>
/// <param name="Id">The user.</param>
internal sealed record EnableUserInput([GlobalId(nameof(User))] Guid Id) : MutationInput;

/// <summary>Which user gets another password.</summary>
/// <param name="Id">The user.</param>
/// <param name="Password">The password, 12 to 128 characters. Left out: one is made and given back once.</param>
internal sealed record ResetUserPasswordInput([GlobalId(nameof(User))] Guid Id, Optional<string> Password) : MutationInput;

/// <summary>Which user goes.</summary>
/// <param name="Id">The user. What the audit and the records say of them stays.</param>
internal sealed record DeleteUserInput([GlobalId(nameof(User))] Guid Id) : MutationInput;

/// <summary>Another user has this e-mail address.</summary>
internal sealed record UserAlreadyExistsError() : UserError("There is a user with this e-mail address already.");

/// <summary>Without this user there would be no administrator who may sign in.</summary>
internal sealed record LastAdministratorError() : UserError("This is the last administrator who may sign in. Make another one first.");

/// <summary>The user has scopes that the caller lacks, or would get them.</summary>
internal sealed record BeyondOwnScopesError() : UserError("You can only give what you have yourself, and only change users who have no more.");
