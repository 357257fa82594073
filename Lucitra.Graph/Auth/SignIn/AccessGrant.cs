using GraphQL.Types;
using Lucitra.Graph.Schema;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Auth.SignIn;

/// <summary>What somebody gets who signed in.</summary>
/// <param name="AccessToken">Sent as <c>Authorization: Bearer</c>.</param>
/// <param name="ExpiresAt">When the access token ends.</param>
/// <param name="RefreshToken">Gives the next access token, once.</param>
/// <param name="RefreshExpiresAt">When the refresh token ends unless it is used.</param>
/// <param name="User">Who signed in.</param>
/// <param name="InCookies">Whether the tokens are in cookies, and not in the answer.</param>
internal sealed record AccessGrant(string AccessToken, DateTime ExpiresAt, string RefreshToken, DateTime RefreshExpiresAt, User User, bool InCookies = false);

/// <summary>The GraphQL type of <see cref="AccessGrant"/>.</summary>
internal sealed class AccessGrantType : ObjectGraphType<AccessGrant>
{
    public AccessGrantType()
    {
        Name = "AccessGrant";
        Description = "What somebody gets who signed in.";
        this.Access(AccessRule.AsParent);
        Field<StringGraphType>("accessToken")
            .Description("A JWT, to be sent as `Authorization: Bearer <token>`; null where the tokens are in cookies. `/.well-known/jwks.json` has the keys to check it with.")
            .Resolve(context => context.Source.InCookies ? null : context.Source.AccessToken);
        Field<NonNullGraphType<StringGraphType>>("tokenType").Description("`Bearer`.").Resolve(_ => "Bearer");
        Field<NonNullGraphType<UtcDateTimeType>>("expiresAt").Description("When the access token ends.").Resolve(context => context.Source.ExpiresAt);
        Field<StringGraphType>("refreshToken")
            .Description("For `refreshToken`, once; its use gives the next one. Null where the tokens are in cookies.")
            .Resolve(context => context.Source.InCookies ? null : context.Source.RefreshToken);
        Field<NonNullGraphType<UtcDateTimeType>>("refreshExpiresAt").Description("When the refresh token ends unless it is used.").Resolve(context => context.Source.RefreshExpiresAt);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("scopes")
            .Description("What the caller may do, such as `contacts:read`.")
            .Resolve(context => ScopeNames.Of(UserRoles.ScopesOf(context.Source.User.Role)));
    }
}
