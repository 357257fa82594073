using GraphQL.Types;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Auth.Users;

/// <summary>A user and, where it was made here, the password.</summary>
internal sealed record UserCredentials(User User, string? Password);

/// <summary>The GraphQL type of <see cref="UserCredentials"/>.</summary>
internal sealed class UserCredentialsType : ObjectGraphType<UserCredentials>
{
    public UserCredentialsType()
    {
        Name = "UserCredentials";
        Description = "A user, and the password where it was made here.";
        this.Access(AccessRule.AsParent);
        Field<NonNullGraphType<EntityType<User>>>("user").Description("The user.").Resolve(context => context.Source.User);
        Field<StringGraphType>("password").Description("The password that was made; it is not shown again. Null where the caller gave one.")
            .Resolve(context => context.Source.Password);
    }
}

/// <summary>What clients see of a user.</summary>
internal sealed class UserType : IEntityDefinition<User>
{
    public void Define(EntityType<User> type)
    {
        type.Access(Scopes.UsersAdmin);
        type.Identified(u => u.Id);
        type.Column(u => u.Email);
        type.Column(u => u.Name);
        type.Column(u => u.Role);
        type.Column(u => u.CreatedAt);
        type.Column(u => u.DisabledAt);
        type.Column(u => u.LastSignInAt);
    }
}
