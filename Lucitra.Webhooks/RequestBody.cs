using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Lucitra.Webhooks;

/// <summary>Reads a request body into memory, letter for letter.</summary>
internal static class RequestBody
{
    private const int BufferBytes = 16 * 1024;
    private const int TrustedBytes = 64 * 1024;

    /// <summary>The body, or null when it is larger than <paramref name="maxBytes"/>.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
            return null;

        // Beyond a little it grows with what arrives, not with what the request announces: its sender is not known yet.
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, TrustedBytes));
            int read;
            while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (body.Length + read > maxBytes)
                    return null;
                body.Write(buffer, 0, read);
            }

            return body.Capacity == body.Length ? body.GetBuffer() : body.ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
