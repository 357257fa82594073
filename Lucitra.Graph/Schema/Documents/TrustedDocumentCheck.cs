using Lucitra.Graph.Startup;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>Refuses to start when a trusted document does not fit the schema or the limits.</summary>
internal sealed class TrustedDocumentCheck(TrustedDocuments documents, DocumentCheck check) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var (id, text) in documents.All)
        {
            foreach (var error in await check.FindErrorsAsync(text, cancellationToken))
                problems.Add($"The trusted document {id}: {error}");
        }

        if (problems.Count > 0)
            throw new InvalidSettingException(string.Join(Environment.NewLine, problems));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
