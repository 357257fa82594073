using System.Globalization;
using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;
using Lucitra.Graph.Schema.Paging;

namespace Lucitra.Graph.Schema.Costs;

/// <summary>
/// Gives the schema the weights that HotChocolate gives one of this shape: 10 for what goes to the database, for a
/// filter operation and for a sort key, 20 for a search within text. Everything else has the usual weight: 1 for an
/// object, 0 for a scalar.
/// </summary>
internal sealed class CostWeights(PagingOptions paging) : BaseSchemaNodeVisitor
{
    private const string Key = "cost";
    private const double Fetch = 10;
    private const double Condition = 10;
    private const double TextSearch = 20;

    // A dashboard is one statement, but a long one.
    private const double Dashboard = 100;

    private static readonly FieldCost _leaf = new(0, null);
    private static readonly FieldCost _object = new(1, null);

    private readonly ListSize _page = new(paging.DefaultPageSize, paging.MaxPageSize);

    /// <summary>The cost of a field; its usual one when nothing else was given.</summary>
    public static FieldCost Of(FieldType field) =>
        field.GetMetadata<FieldCost>(Key) ?? (IsLeaf(field.ResolvedType!) ? _leaf : _object);

    /// <summary>The weight of an argument.</summary>
    public static double Of(QueryArgument argument) =>
        (argument.GetMetadata<FieldCost>(Key) ?? (IsLeaf(argument.ResolvedType!) ? _leaf : _object)).Weight;

    public override void VisitObjectFieldDefinition(FieldType field, IObjectGraphType type, ISchema schema)
    {
        var isRoot = type == schema.Query || type == schema.Mutation;
        if (IsConnection(field))
        {
            ListSizeDirective.ApplyTo(field, _page);
            Weigh(field, Fetch, _page);
            foreach (var argument in field.Arguments!.Where(argument => argument.Name is "where" or "order"))
                Weigh(argument, Condition);
        }
        else if (isRoot && (type == schema.Mutation || !IsLeaf(field.ResolvedType!)))
        {
            Weigh(field, Fetch);
        }
        else if (type.Name == "Analytics" && !IsConnection(field))
        {
            Weigh(field, Dashboard);
        }
        else if (field.Name == "totalCount" && type.Name.EndsWith("Connection", StringComparison.Ordinal))
        {
            Weigh(field, Fetch);
        }
    }

    public override void VisitInputObjectFieldDefinition(FieldType field, IInputObjectGraphType type, ISchema schema)
    {
        var isCondition = type.Name.EndsWith("SortInput", StringComparison.Ordinal)
            || type.Name.StartsWith("ListFilterInputTypeOf", StringComparison.Ordinal)
            || (type.Name.EndsWith("OperationFilterInput", StringComparison.Ordinal) && field.Name is not ("and" or "or"));
        if (isCondition)
            Weigh(field, SearchesText(field.Name) ? TextSearch : Condition);
    }

    private static bool IsConnection(FieldType field) =>
        field.ResolvedType!.GetNamedType().Name.EndsWith("Connection", StringComparison.Ordinal) && field.Arguments?.Find("first") is not null;

    private static bool SearchesText(string operation) =>
        operation is "contains" or "ncontains" or "startsWith" or "nstartsWith" or "endsWith" or "nendsWith";

    private static bool IsLeaf(IGraphType type) => type.GetNamedType().IsLeafType();

    private static void Weigh(FieldType field, double weight, ListSize? size = null)
    {
        Apply(field, weight);
        field.Metadata[Key] = new FieldCost(weight, size);
    }

    private static void Weigh(QueryArgument argument, double weight)
    {
        Apply(argument, weight);
        argument.Metadata[Key] = new FieldCost(weight, null);
    }

    private static void Apply<T>(T element, double weight)
        where T : IMetadataWriter =>
        element.ApplyDirective(CostDirective.DirectiveName, CostDirective.Weight, weight.ToString(CultureInfo.InvariantCulture));
}
