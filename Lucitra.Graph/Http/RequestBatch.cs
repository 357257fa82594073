using GraphQL;
using GraphQL.Transport;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Http;

/// <summary>Where an entry stands in its batch, as results name it.</summary>
internal readonly record struct BatchIndex(int? Request, int? Variables);

/// <summary>One operation of a body; <see cref="Invalid"/> says why it cannot run, and concerns no other entry.</summary>
internal sealed record BatchEntry(GraphQLRequest Request, BatchIndex Index, ExecutionError? Invalid);

/// <summary>The operations of one body: an array of requests, or one request with an array of variables.</summary>
internal sealed class RequestBatch(int maxSize)
{
    private readonly List<BatchEntry> _entries = [];

    public IReadOnlyList<BatchEntry> Entries => _entries;

    /// <summary>The request when there is one alone, which is answered as if it stood without an array around it.</summary>
    public BatchEntry? Single => _entries is [{ Index.Variables: null } entry] ? entry : null;

    /// <summary>Adds a request, once for each of its sets of variables if it has several.</summary>
    public ExecutionError? Add(GraphQLRequest request, int? index, List<Inputs> variableSets, ExecutionError? invalid)
    {
        if (invalid is not null || variableSets.Count == 0)
        {
            _entries.Add(new(request, new(index, null), invalid));
        }
        else
        {
            _entries.AddRange(variableSets.Take(maxSize + 1).Select((variables, number) => new BatchEntry(
                new GraphQLRequest
                {
                    Query = request.Query,
                    DocumentId = request.DocumentId,
                    OperationName = request.OperationName,
                    Extensions = request.Extensions,
                    Variables = variables,
                },
                new(index, number),
                null)));
        }

        return _entries.Count <= maxSize ? null : new CodedError(
            ErrorCodes.MalformedRequest,
            $"The batch has more operations than the {maxSize} that GraphQL:MaxBatchSize allows.",
            new Dictionary<string, object?> { ["setting"] = "GraphQL:MaxBatchSize", ["limit"] = maxSize });
    }
}
