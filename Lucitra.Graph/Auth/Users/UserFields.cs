using GraphQL;
using GraphQL.Types;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Mutations;

namespace Lucitra.Graph.Auth.Users;

/// <summary>What the administration of users adds to the schema.</summary>
internal sealed class UserFields(EntityReader reader, UserAdministration users) : ISchemaModule
{
    private static readonly Type[] _changeErrors = [typeof(EntityNotFoundError), typeof(LastAdministratorError), typeof(BeyondOwnScopesError)];

    public void Extend(ObjectGraphType query, ObjectGraphType mutation, ObjectGraphType subscription)
    {
        query.Connection<User>(reader, "users", "Those who may sign in with an e-mail address and a password, or could until they were disabled.");
        mutation.Mutation<CreateUserInput, UserCredentials>(
            "createUser", "Makes a user.", Scopes.UsersAdmin, [typeof(ValidationFailedError), typeof(UserAlreadyExistsError), typeof(BeyondOwnScopesError)],
            (context, input) => users.CreateAsync(By(context), input, context.CancellationToken), item: typeof(UserCredentialsType));
        mutation.Mutation<ChangeUserRoleInput, User>(
            "changeUserRole", "Gives a user another role.", Scopes.UsersAdmin, _changeErrors,
            (context, input) => users.ChangeRoleAsync(By(context), input, context.CancellationToken));
        mutation.Mutation<DisableUserInput, User>(
            "disableUser", "Keeps a user from signing in, and ends the user's sessions. Disabling twice changes nothing more.", Scopes.UsersAdmin, _changeErrors,
            (context, input) => users.DisableAsync(By(context), input.Id, context.CancellationToken));
        mutation.Mutation<EnableUserInput, User>(
            "enableUser", "Lets a user sign in again.", Scopes.UsersAdmin, _changeErrors,
            (context, input) => users.EnableAsync(By(context), input.Id, context.CancellationToken));
        mutation.Mutation<ResetUserPasswordInput, UserCredentials>(
            "resetUserPassword", "Gives a user another password, and ends the user's sessions.", Scopes.UsersAdmin, [.. _changeErrors, typeof(ValidationFailedError)],
            (context, input) => users.ResetPasswordAsync(By(context), input, context.CancellationToken), item: typeof(UserCredentialsType));
        mutation.Mutation<DeleteUserInput, User>(
            "deleteUser", "Removes a user. What the audit and the records say of them stays.", Scopes.UsersAdmin, _changeErrors,
            (context, input) => users.DeleteAsync(By(context), input.Id, context.CancellationToken));
    }

    private static Administrator By(IResolveFieldContext context) => new(Caller.NameOf(context.User), Caller.ScopesOf(context.User));
}
