using GraphQL.Types;
using GraphQLParser.AST;

namespace Lucitra.Graph.Schema;

/// <summary>The standard directive that says where a scalar is specified; the engine does not bring it along.</summary>
internal sealed class SpecifiedByDirective : Directive
{
    public const string DirectiveName = "specifiedBy";
    public const string Url = "url";

    public SpecifiedByDirective()
        : base(DirectiveName, DirectiveLocation.Scalar)
    {
        Description = "Says where the behaviour of a scalar is specified.";
        Arguments = new QueryArguments(new QueryArgument<NonNullGraphType<StringGraphType>> { Name = Url, Description = "The address of the specification." });
    }
}
