using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Http.Rest;

/// <summary>Refuses to start when a REST document does not fit the schema.</summary>
internal sealed class RestDocumentCheck(RestDocuments documents, DocumentCheck check) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var document in documents.Mapped)
        {
            foreach (var error in await check.FindErrorsAsync(document.Text, cancellationToken))
                problems.Add($"Rest/{document.Name}.graphql: {error}");
        }

        if (problems.Count > 0)
            throw new InvalidOperationException(string.Join(Environment.NewLine, problems));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
