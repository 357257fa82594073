using GraphQL.Types;
using GraphQLParser.AST;

namespace Lucitra.Graph.Schema.Access;

/// <summary><c>@authorize</c> as HotChocolate prints it: a policy is the scope that the caller needs; without one, any known caller will do.</summary>
internal sealed class AuthorizeDirective : Directive
{
    public const string DirectiveName = "authorize";
    public const string Policy = "policy";

    public AuthorizeDirective()
        : base(DirectiveName, DirectiveLocation.Object, DirectiveLocation.FieldDefinition)
    {
        Description = "The caller must be known, and have the scope named by `policy`.";
        Repeatable = true;
        Arguments = new QueryArguments(new QueryArgument<StringGraphType> { Name = Policy, Description = "The scope." });
    }

    public override bool? Introspectable => true;
}
