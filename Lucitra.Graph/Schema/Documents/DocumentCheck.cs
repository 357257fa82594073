using GraphQL;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>Whether a document that is known before any request would run.</summary>
internal sealed class DocumentCheck(DocumentScreen screen, IDocumentValidator validator, IServiceProvider services)
{
    /// <summary>What is wrong with each of its operations, apart from variables, which come with a request.</summary>
    public async Task<IReadOnlyList<string>> FindErrorsAsync(string text, CancellationToken cancellationToken)
    {
        if (screen.Screen(text, out var parsed) is { } refusal)
            return [refusal.Message];

        // Not injected: a host without such documents starts without touching the schema.
        var schema = services.GetRequiredService<ISchema>();
        schema.Initialize();
        var errors = new List<string>();
        foreach (var operation in parsed!.Document.Definitions.OfType<GraphQLOperationDefinition>())
        {
            var result = await validator.ValidateAsync(new ValidationOptions
            {
                Schema = schema,
                Document = parsed.Document,
                Operation = operation,
                Variables = Inputs.Empty,
                Extensions = Inputs.Empty,
                UserContext = new Dictionary<string, object?>(),
                RequestServices = services,
                CancellationToken = cancellationToken,
            });
            errors.AddRange((result.Errors ?? []).Where(error => error is not InvalidVariableError).Select(error => error.Message));
        }

        return errors;
    }
}
