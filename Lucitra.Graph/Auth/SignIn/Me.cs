using GraphQL.Types;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Auth.SignIn;

/// <summary>Who calls.</summary>
internal sealed record Me(CallerIdentity Caller, User? User);

/// <summary>The GraphQL type of <see cref="Me"/>.</summary>
internal sealed class MeType : ObjectGraphType<Me>
{
    public MeType()
    {
        Name = "Me";
        Description = "Who calls: a user, the holder of an API key, or that of a token of the external issuer.";
        this.Access(AccessRule.AsParent);
        Field<NonNullGraphType<StringGraphType>>("subject")
            .Description("Identifies the caller for ever, such as `user:0197f0c2-…` or `key:3kTMd9cWq1Xe`; `sourceId` of values that the caller writes.")
            .Resolve(context => context.Source.Caller.Subject);
        Field<NonNullGraphType<EnumType<CallerKind>>>("kind").Description("What the caller is.").Resolve(context => context.Source.Caller.Kind);
        Field<NonNullGraphType<StringGraphType>>("name").Description("What people call the caller.").Resolve(context => context.Source.User?.DisplayName ?? context.Source.Caller.Name);
        Field<StringGraphType>("email").Description("The e-mail address of a user; null for others.").Resolve(context => context.Source.User?.Email);
        Field<EnumType<UserRole>>("role").Description("The role of a user; null for others.").Resolve(context => context.Source.User?.Role);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("scopes")
            .Description("What the caller may do, such as `contacts:read`.")
            .Resolve(context => ScopeNames.Of(context.Source.Caller.Scopes));
    }
}
