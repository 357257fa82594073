using System.Buffers;
using GraphQL;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Http;

/// <summary>Reads a body up to a size and hands it over in the server's own buffers.</summary>
internal static class RequestBody
{
    public static async Task<ExecutionError?> ReadAsync(
        HttpContext context, int maxBytes, Func<ReadOnlySequence<byte>, ExecutionError?> parse)
    {
        if (context.Request.ContentLength > maxBytes)
            return DocumentScreen.TooLarge(maxBytes);

        var body = context.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > maxBytes)
            {
                body.AdvanceTo(read.Buffer.End);
                return DocumentScreen.TooLarge(maxBytes);
            }

            if (read.IsCompleted)
            {
                var error = parse(read.Buffer);
                body.AdvanceTo(read.Buffer.End);
                return error;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
