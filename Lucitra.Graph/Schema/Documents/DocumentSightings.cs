using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Lucitra.Graph.Schema.Documents;

/// <summary>
/// Tells the first sight of a document from later ones, for logs that name each document once. Clients choose
/// documents, so the memory is bounded: when it is full, no further document is a first sight.
/// </summary>
internal sealed class DocumentSightings(int capacity = 10_000)
{
    private readonly ConcurrentDictionary<string, bool> _hashes = new(StringComparer.Ordinal);

    public bool IsFirst(string text, out string hash)
    {
        hash = HashOf(text);
        return _hashes.Count < capacity && _hashes.TryAdd(hash, true);
    }

    /// <summary>SHA-256 of the text in UTF-8, in lower-case hexadecimal digits.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
