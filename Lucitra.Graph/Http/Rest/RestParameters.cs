using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Lucitra.Graph.Http.Rest;

/// <summary>
/// What the query string of a document may hold. Besides its variables, by name: where it takes a filter (<c>$where</c>),
/// every column of the filter, and where it takes an order (<c>$order</c>), <c>sort</c>.
/// </summary>
internal sealed class RestParameters
{
    public const string Where = "where";
    public const string Order = "order";
    public const string Sort = "sort";

    private readonly Dictionary<string, IGraphType> _variables = [];

    public RestParameters(RestDocument document, ISchema schema)
    {
        foreach (var (name, variable) in document.Variables)
            _variables[name] = TypeOf(variable.Type, schema);
        Filter = _variables.GetValueOrDefault(Where)?.GetNamedType() as IInputObjectGraphType;
        Ordering = _variables.GetValueOrDefault(Order)?.GetNamedType() as IInputObjectGraphType;
    }

    public IReadOnlyDictionary<string, IGraphType> Variables => _variables;

    /// <summary>The type of <c>$where</c>, whose columns are parameters.</summary>
    public IInputObjectGraphType? Filter { get; }

    /// <summary>The type of <c>$order</c>, whose columns <c>sort</c> takes.</summary>
    public IInputObjectGraphType? Ordering { get; }

    /// <summary>The columns that can be filtered by, apart from those of other types.</summary>
    public IEnumerable<(FieldType Field, IInputObjectGraphType Operations)> Columns =>
        from one in Filter?.Fields ?? Enumerable.Empty<FieldType>()
        let operations = one.ResolvedType as IInputObjectGraphType
        where operations is not null && IsOperations(operations) && !_variables.ContainsKey(one.Name)
        orderby one.Name
        select (one, operations);

    /// <summary>The columns that can be sorted by.</summary>
    public IEnumerable<string> SortColumns =>
        from one in Ordering?.Fields ?? Enumerable.Empty<FieldType>()
        where one.ResolvedType is EnumerationGraphType
        orderby one.Name
        select one.Name;

    /// <summary>All names, for a caller who used another.</summary>
    public IEnumerable<string> Names => _variables.Keys
        .Where(name => name != RestDocument.InputVariable)
        .Concat(Columns.Select(column => column.Field.Name))
        .Concat(SortColumns.Any() ? [Sort] : [])
        .Order(StringComparer.Ordinal);

    /// <summary>The operations on a column, by its path through the types: <c>amount</c>, <c>stage.label</c>.</summary>
    public IInputObjectGraphType? Operations(string[] path) =>
        FieldAt(Filter, path)?.ResolvedType as IInputObjectGraphType is { } found && IsOperations(found) ? found : null;

    public bool CanSort(string[] path) => FieldAt(Ordering, path)?.ResolvedType is EnumerationGraphType;

    public static IGraphType TypeOf(GraphQLType type, ISchema schema) => type switch
    {
        GraphQLNonNullType nonNull => new NonNullGraphType(TypeOf(nonNull.Type, schema)),
        GraphQLListType list => new ListGraphType(TypeOf(list.Type, schema)),
        GraphQLNamedType named => schema.AllTypes[named.Name.StringValue]
            ?? throw new InvalidOperationException($"A REST document has a variable of the unknown type {named.Name.StringValue}."),
        _ => throw new InvalidOperationException($"A variable cannot have the type {type}."),
    };

    private static bool IsOperations(IInputObjectGraphType type) => type.Fields.Find("eq") is not null;

    private static FieldType? FieldAt(IInputObjectGraphType? type, string[] path)
    {
        FieldType? field = null;
        foreach (var name in path)
        {
            field = type?.Fields.Find(name);
            type = field?.ResolvedType as IInputObjectGraphType;
        }

        return field;
    }
}
