using GraphQLParser.AST;

namespace Lucitra.Graph.Http.Rest;

/// <summary>
/// The GraphQL document behind one REST endpoint. It holds one operation, named as its file, whose root field is
/// called (or aliased) <c>result</c>.
/// </summary>
internal sealed record RestDocument(string Name, string Text, GraphQLDocument Document, GraphQLOperationDefinition Operation)
{
    public const string ResultField = "result";
    public const string InputVariable = "input";

    private readonly Dictionary<string, GraphQLType> _variables = (Operation.Variables?.Items ?? [])
        .ToDictionary(variable => variable.Variable.Name.StringValue, variable => variable.Type);

    /// <summary>Whether the result is a mutation's payload: an <c>item</c> beside <c>errors</c>.</summary>
    public bool HasPayload { get; } = ResultSelects(Operation, "errors");

    public bool HasInput => _variables.ContainsKey(InputVariable);

    public IReadOnlyDictionary<string, GraphQLType> Variables => _variables;

    private static bool ResultSelects(GraphQLOperationDefinition operation, string name)
    {
        var result = Fields(operation.SelectionSet).FirstOrDefault(field => ResponseName(field) == ResultField)
            ?? throw new InvalidOperationException($"The REST document {operation.Name} has no root field called {ResultField}.");
        return Fields(result.SelectionSet).Any(field => ResponseName(field) == name);
    }

    private static IEnumerable<GraphQLField> Fields(GraphQLSelectionSet? selections) =>
        selections?.Selections.OfType<GraphQLField>() ?? [];

    private static string ResponseName(GraphQLField field) => (field.Alias?.Name ?? field.Name).StringValue;
}
