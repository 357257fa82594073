using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Lucitra.Graph.Schema.Costs;

/// <summary><c>@cost</c> of the IBM cost specification, as HotChocolate declares it.</summary>
internal sealed class CostDirective : Directive
{
    public const string DirectiveName = "cost";
    public const string Weight = "weight";

    public CostDirective()
        : base(
            DirectiveName, DirectiveLocation.Scalar, DirectiveLocation.Object, DirectiveLocation.FieldDefinition,
            DirectiveLocation.ArgumentDefinition, DirectiveLocation.Enum, DirectiveLocation.InputFieldDefinition)
    {
        Description = "The weight of this when the cost of an operation is worked out.";
        Arguments = new QueryArguments(
            new QueryArgument<NonNullGraphType<StringGraphType>> { Name = Weight, Description = "The weight, a number." });
    }

    public override bool? Introspectable => true;
}

/// <summary><c>@listSize</c> of the IBM cost specification, as HotChocolate declares it.</summary>
internal sealed class ListSizeDirective : Directive
{
    public const string DirectiveName = "listSize";

    public ListSizeDirective()
        : base(DirectiveName, DirectiveLocation.FieldDefinition)
    {
        Description = "How long a list is assumed to be when the cost of an operation is worked out.";
        Arguments = new QueryArguments(
            new QueryArgument<IntGraphType> { Name = "assumedSize", Description = "The greatest length there can be." },
            new QueryArgument<ListGraphType<NonNullGraphType<StringGraphType>>> { Name = "slicingArguments", Description = "The arguments that say how long the list is." },
            new QueryArgument<IntGraphType> { Name = "slicingArgumentDefaultValue", Description = "The length when no slicing argument is given." },
            new QueryArgument<ListGraphType<NonNullGraphType<StringGraphType>>> { Name = "sizedFields", Description = "The fields below that are the list." },
            new QueryArgument<BooleanGraphType> { Name = "requireOneSlicingArgument", Description = "Whether exactly one slicing argument has to be given.", DefaultValue = true });
    }

    public override bool? Introspectable => true;

    public static void ApplyTo(FieldType field, ListSize size) => field.ApplyDirective(DirectiveName, directive => directive
        .AddArgument(new DirectiveArgument("assumedSize") { Value = size.Most })
        .AddArgument(new DirectiveArgument("slicingArguments") { Value = ListSize.SlicingArguments })
        .AddArgument(new DirectiveArgument("slicingArgumentDefaultValue") { Value = size.Default })
        .AddArgument(new DirectiveArgument("sizedFields") { Value = ListSize.SizedFields })
        .AddArgument(new DirectiveArgument("requireOneSlicingArgument") { Value = false }));
}
