using GraphQL.Types;
using Lucitra.Graph.Schema.Access;

namespace Lucitra.Graph.Auth.SignIn;

/// <summary>What ended.</summary>
/// <param name="Sessions">How many sessions.</param>
internal sealed record SignedOut(int Sessions);

/// <summary>The GraphQL type of <see cref="SignedOut"/>.</summary>
internal sealed class SignedOutType : ObjectGraphType<SignedOut>
{
    public SignedOutType()
    {
        Name = "SignedOut";
        Description = "What ended.";
        this.Access(AccessRule.AsParent);
        Field<NonNullGraphType<IntGraphType>>("sessions").Description("How many sessions; 0 when there was none to end.").Resolve(context => context.Source.Sessions);
    }
}
