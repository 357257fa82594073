using GraphQL;
using GraphQLParser;
using GraphQLParser.AST;

namespace Lucitra.Graph.Schema.Documents;

internal static class OperationSelection
{
    /// <summary>Finds the operation that a request means; returns the error to answer with when there is none.</summary>
    public static ExecutionError? Select(GraphQLDocument document, string? name, out GraphQLOperationDefinition? operation)
    {
        operation = null;
        var count = 0;
        foreach (var definition in document.Definitions)
        {
            if (definition is not GraphQLOperationDefinition candidate)
                continue;

            count++;
            if (string.IsNullOrEmpty(name) || candidate.Name?.Value == name)
                operation ??= candidate;
        }

        if (count == 0)
            return new CodedError(null, "The document contains no operation.");
        if (!string.IsNullOrEmpty(name))
            return operation is null ? UnknownName(name) : null;

        return count == 1 ? null : Ambiguous(document);
    }

    private static CodedError UnknownName(string name)
    {
        var error = new CodedError(
            null,
            $"The specified operation `{name}` cannot be found.",
            new Dictionary<string, object?> { ["operationName"] = name });
        error.AddLocation(new Location(1, 1));
        return error;
    }

    private static CodedError Ambiguous(GraphQLDocument document)
    {
        var error = new CodedError(null, "The operation name can only be omitted if there is just one operation in a GraphQL document.");
        foreach (var operation in document.Definitions.OfType<GraphQLOperationDefinition>())
            error.AddLocation(Location.FromLinearPosition(document.Source, operation.Location.Start));
        return error;
    }
}
