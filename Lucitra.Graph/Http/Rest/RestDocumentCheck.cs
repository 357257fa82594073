using GraphQL;
using GraphQL.Types;
using GraphQL.Validation;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Http.Rest;

/// <summary>Refuses to start when a REST document does not fit the schema.</summary>
internal sealed class RestDocumentCheck(
    RestDocuments documents, DocumentScreen screen, IDocumentValidator validator, IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var document in documents.Mapped)
        {
            foreach (var error in await FindErrorsAsync(document, cancellationToken))
                problems.Add($"Rest/{document.Name}.graphql: {error}");
        }

        if (problems.Count > 0)
            throw new InvalidOperationException(string.Join(Environment.NewLine, problems));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<IEnumerable<string>> FindErrorsAsync(RestDocument document, CancellationToken cancellationToken)
    {
        if (screen.Screen(document.Text, out _) is { } refusal)
            return [refusal.Message];

        // Not injected: a host without REST endpoints starts without touching the schema.
        var schema = services.GetRequiredService<ISchema>();
        schema.Initialize();
        var result = await validator.ValidateAsync(new ValidationOptions
        {
            Schema = schema,
            Document = document.Document,
            Operation = document.Operation,
            Variables = Inputs.Empty,
            Extensions = Inputs.Empty,
            UserContext = new Dictionary<string, object?>(),
            RequestServices = services,
            CancellationToken = cancellationToken,
        });

        // Variables come with each request.
        return (result.Errors ?? []).Where(error => error is not InvalidVariableError).Select(error => error.Message);
    }
}
