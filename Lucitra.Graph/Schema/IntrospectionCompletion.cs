using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using GraphQL.Utilities;

namespace Lucitra.Graph.Schema;

/// <summary>
/// What the engine's introspection lacks of the specification, and code generators ask for: where scalars are specified,
/// whether an input object is a oneOf, and the deprecated arguments of directives.
/// </summary>
internal sealed class IntrospectionCompletion : BaseSchemaNodeVisitor
{
    public override void VisitObject(IObjectGraphType type, ISchema schema)
    {
        if (type.Name == "__Type")
        {
            Add(type, "specifiedByURL", "Where the scalar is specified.", schema.AllTypes["String"]!, SpecifiedBy);
            Add(type, "isOneOf", "Whether exactly one field of the input object is to be given.", schema.AllTypes["Boolean"]!, IsOneOf);
        }
        else if (type.Name == "__Directive" && type.Fields.Find("args") is { } arguments && arguments.Arguments?.Find("includeDeprecated") is null)
        {
            arguments.Arguments ??= [];
            arguments.Arguments.Add(new QueryArgument(schema.AllTypes["Boolean"]!)
            {
                Name = "includeDeprecated",
                Description = "Whether to list deprecated arguments too; no argument of a directive is deprecated.",
                DefaultValue = false,
            });
        }
    }

    private static void Add(IObjectGraphType type, string name, string description, IGraphType resultType, Func<object, object?> resolve)
    {
        if (type.Fields.Find(name) is null)
            type.AddField(new FieldType
            {
                Name = name,
                Description = description,
                ResolvedType = resultType,
                Resolver = new FuncFieldResolver<object, object?>(context => resolve(context.Source)),
            });
    }

    private static object? SpecifiedBy(object type) =>
        (type as ScalarGraphType)?.FindAppliedDirective(SpecifiedByDirective.DirectiveName)?.FindArgument(SpecifiedByDirective.Url)?.Value;

    private static object? IsOneOf(object type) => (type as IInputObjectGraphType)?.IsOneOf;
}
