using GraphQL.Types;
using GraphQLParser.AST;

namespace Lucitra.Graph.Http.Rest;

/// <summary>
/// The GraphQL document behind one REST endpoint. It holds one operation, named as its file, whose root field is
/// called (or aliased) <c>result</c>.
/// </summary>
internal sealed record RestDocument(string Name, string Text, GraphQLDocument Document, GraphQLOperationDefinition Operation, RestNotes Notes)
{
    public const string ResultField = "result";
    public const string ItemField = "item";
    public const string ErrorsField = "errors";
    public const string InputVariable = "input";

    private readonly Dictionary<string, GraphQLVariableDefinition> _variables = (Operation.Variables?.Items ?? [])
        .ToDictionary(variable => variable.Variable.Name.StringValue);

    private readonly Dictionary<string, GraphQLFragmentDefinition> _fragments = Document.Definitions.OfType<GraphQLFragmentDefinition>()
        .ToDictionary(fragment => fragment.FragmentName.Name.StringValue);

    private RestParameters? _parameters;

    /// <summary>Whether the result is a mutation's payload: an <c>item</c> beside <c>errors</c>.</summary>
    public bool HasPayload => Select(Result, ErrorsField) is not null;

    public bool HasInput => _variables.ContainsKey(InputVariable);

    public IReadOnlyDictionary<string, GraphQLVariableDefinition> Variables => _variables;

    public IReadOnlyDictionary<string, GraphQLFragmentDefinition> Fragments => _fragments;

    /// <summary>The root field.</summary>
    public GraphQLField Result => Select(Operation, ResultField)
        ?? throw new InvalidOperationException($"The REST document {Name} has no root field called {ResultField}.");

    /// <summary>What the query string may hold.</summary>
    public RestParameters ParametersIn(ISchema schema) => _parameters ??= new(this, schema);

    /// <summary>The field that is called so in the result.</summary>
    public GraphQLField? Select(IHasSelectionSetNode parent, string name) =>
        Fields(parent.SelectionSet).FirstOrDefault(field => ResponseName(field) == name);

    public static string ResponseName(GraphQLField field) => (field.Alias?.Name ?? field.Name).StringValue;

    private IEnumerable<GraphQLField> Fields(GraphQLSelectionSet? selections) => (selections?.Selections ?? []).SelectMany(selection => selection switch
    {
        GraphQLField field => [field],
        GraphQLInlineFragment inline => Fields(inline.SelectionSet),
        GraphQLFragmentSpread spread => Fields(_fragments[spread.FragmentName.Name.StringValue].SelectionSet),
        _ => Enumerable.Empty<GraphQLField>(),
    });
}
