using System.Buffers;
using System.Security.Claims;
using GraphQL.Transport;
using Lucitra.Graph.Auth;
using Lucitra.Graph.Http;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Startup;

/// <summary>
/// Goes the way of an operation before the server listens: whoever asks first would otherwise wait while the schema and the
/// database model are made and code is compiled. What is read goes nowhere.
/// </summary>
internal sealed partial class WarmUp(GraphQLExecutor executor, ResultJson json, IServiceScopeFactory scopes, TimeProvider clock, ILogger<WarmUp> logger)
{
    // A page with what most operations have: a filter, an order, a list that hangs on its items, and a cursor.
    private const string Document = """
        query WarmUp {
          contacts(first: 2, where: { lifecycleStage: { neq: "other" } }, order: [{ createdAt: DESC }]) {
            nodes { id email firstName deals(first: 2) { nodes { name amount stage { label } } } }
            pageInfo { hasNextPage endCursor }
          }
        }
        """;

    private const int Times = 3;

    private static readonly ClaimsPrincipal _caller = new(new CallerIdentity(
        CallerKind.ApiKey, "server:warm-up", "warm-up", Scopes.ContactsRead | Scopes.DealsRead, CallerCredential.Setting));

    /// <summary>Runs it; says in the log when it did not go well, which is no reason not to serve.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();

        // From the second time on the document and the queries are those that are kept.
        for (var time = 0; time < Times; time++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var result = await executor.ExecuteAsync(
                new GraphQLRequest { Query = Document }, new OperationCaller(scope.ServiceProvider, _caller), OperationKinds.Query, cancellationToken);
            json.Write(new ArrayBufferWriter<byte>(), result);
            if (result.Errors is [var first, ..])
            {
                Log.Failed(logger, first.Code ?? first.GetType().Name);
                return;
            }
        }

        Log.Warm(logger, (long)clock.GetElapsedTime(started).TotalMilliseconds);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Warmed up in {Milliseconds} ms")]
        public static partial void Warm(ILogger logger, long milliseconds);

        [LoggerMessage(2, LogLevel.Warning, "The operation that warms the server up failed ({Code}); the first callers will wait longer")]
        public static partial void Failed(ILogger logger, string code);
    }
}
