using System.Buffers;
using System.Runtime.CompilerServices;
using GraphQL;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Http;

/// <summary>
/// Runs the entries of a batch one after the other, so that mutations keep their order and one request keeps to one
/// database connection, and writes the results: one JSON array, or each as soon as it is there.
/// </summary>
internal sealed class BatchResponse(ClientOperations operations, ResultJson json)
{
    public Task WriteAsync(HttpContext context, ResponseFormat format, RequestBatch batch)
    {
        var response = context.Response;
        response.ContentType = MediaTypes.ContentType(format == ResponseFormat.GraphQLResponse ? ResponseFormat.Json : format);
        response.Headers.CacheControl = "no-store";
        var results = RunAsync(batch, CostHeader.CallerOf(context), context.RequestAborted);
        return format switch
        {
            ResponseFormat.EventStream => WriteEventsAsync(response, results, context.RequestAborted),
            ResponseFormat.JsonLines => WriteLinesAsync(response, results, context.RequestAborted),
            _ => WriteArrayAsync(response, results, context.RequestAborted),
        };
    }

    private async IAsyncEnumerable<(ExecutionResult Result, BatchIndex Index)> RunAsync(
        RequestBatch batch, OperationCaller caller, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var entry in batch.Entries)
        {
            var result = entry.Invalid is { } invalid
                ? new(invalid)
                : await operations.ExecuteAsync(entry.Request, caller, OperationKinds.QueryOrMutation, cancellationToken);
            yield return (result, entry.Index);
        }
    }

    // Clients tell the results of an array by their order.
    private async Task WriteArrayAsync(
        HttpResponse response, IAsyncEnumerable<(ExecutionResult Result, BatchIndex Index)> results, CancellationToken cancellationToken)
    {
        var output = response.BodyWriter;
        var length = 1;
        await foreach (var (result, _) in results)
        {
            output.Write(length == 1 ? "["u8 : ","u8);
            length += 1 + json.Write(output, result);
        }

        output.Write("]"u8);
        response.ContentLength = length;
        await output.FlushAsync(cancellationToken);
    }

    private async Task WriteLinesAsync(
        HttpResponse response, IAsyncEnumerable<(ExecutionResult Result, BatchIndex Index)> results, CancellationToken cancellationToken)
    {
        await foreach (var (result, index) in results)
        {
            json.Write(response.BodyWriter, result, index);
            response.BodyWriter.Write("\n"u8);
            await response.BodyWriter.FlushAsync(cancellationToken);
        }
    }

    private async Task WriteEventsAsync(
        HttpResponse response, IAsyncEnumerable<(ExecutionResult Result, BatchIndex Index)> results, CancellationToken cancellationToken)
    {
        await foreach (var (result, index) in results)
        {
            response.BodyWriter.Write("event: next\ndata: "u8);
            json.Write(response.BodyWriter, result, index);
            response.BodyWriter.Write("\n\n"u8);
            await response.BodyWriter.FlushAsync(cancellationToken);
        }

        response.BodyWriter.Write("event: complete\ndata:\n\n"u8);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }
}
