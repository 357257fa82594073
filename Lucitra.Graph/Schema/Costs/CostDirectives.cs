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
            Argument<IntGraphType>("assumedSize", "The greatest length there can be."),
            Argument<ListGraphType<NonNullGraphType<StringGraphType>>>("slicingArguments", "The arguments that say how long the list is."),
            Argument<IntGraphType>("slicingArgumentDefaultValue", "The length when no slicing argument is given."),
            Argument<ListGraphType<NonNullGraphType<StringGraphType>>>("sizedFields", "The fields below that are the list."),
            Argument<BooleanGraphType>("requireOneSlicingArgument", "Whether exactly one slicing argument has to be given.", true));
    }

    public override bool? Introspectable => true;

    public static void ApplyTo(FieldType field, ListSize size) => field.ApplyDirective(DirectiveName, directive => directive
        .AddArgument(new DirectiveArgument("assumedSize") { Value = size.Most })
        .AddArgument(new DirectiveArgument("slicingArguments") { Value = ListSize.SlicingArguments })
        .AddArgument(new DirectiveArgument("slicingArgumentDefaultValue") { Value = size.Default })
        .AddArgument(new DirectiveArgument("sizedFields") { Value = ListSize.SizedFields })
        .AddArgument(new DirectiveArgument("requireOneSlicingArgument") { Value = false }));

    private static QueryArgument<T> Argument<T>(string name, string description, object? defaultValue = null)
        where T : IGraphType => new() { Name = name, Description = description, DefaultValue = defaultValue };
}
