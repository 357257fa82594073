using GraphQL;
using GraphQL.Transport;
using GraphQLParser.AST;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>Runs what clients ask for themselves, by HTTP or WebSocket: their documents may be stored, and must be trusted.</summary>
internal sealed partial class ClientOperations(
    StoredDocuments stored, TrustedDocuments trusted, GraphQLExecutor executor, ILogger<ClientOperations> logger)
{
    private readonly DocumentSightings _logged = new();

    public async Task<ExecutionResult> ExecuteAsync(
        GraphQLRequest request, OperationCaller caller, OperationKinds allowed, CancellationToken cancellationToken)
    {
        if (stored.Resolve(request) is { } refusal)
            return new(refusal);

        var result = await executor.ExecuteAsync(request, caller, allowed, cancellationToken);
        if (!result.Executed)
            return result;

        stored.Keep(request);
        if (trusted.Mode == TrustMode.Log && !trusted.Contains(request.Query!) && _logged.IsFirst(request.Query!, out var hash))
            Log.NotTrusted(logger, hash, NameOf(result.Operation));
        return result;
    }

    private static string NameOf(GraphQLOperationDefinition? operation)
    {
        const int Longest = 100;
        var name = operation?.Name?.StringValue ?? "(unnamed)";
        return name.Length <= Longest ? name : name[..Longest];
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Document {Hash} with operation {Operation} is not among the trusted documents")]
        public static partial void NotTrusted(ILogger logger, string hash, string operation);
    }
}
