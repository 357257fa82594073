using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Schema.Paging;

/// <summary>
/// Keyset cursors: the values of a row's order keys, with a checksum over them and the order, so that a cursor that was
/// changed or comes from another list or order is refused.
/// </summary>
internal static class Cursor
{
    private const int ChecksumLength = 6;

    // A cursor is decoded for each key of its order; what it says lives as long as its text.
    private static readonly ConditionalWeakTable<string, Decoded> _decoded = [];

    /// <summary>Names a list and its order, so that the cursor of another one is told apart.</summary>
    public static string SignatureOf(string field, IEnumerable<(string Path, bool Descending)> keys) =>
        $"{field}({string.Join(',', keys.Select(key => (key.Descending ? "-" : "+") + key.Path))})";

    public static string Encode(string signature, object?[] keys)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(keys);
        return Base64Url.EncodeToString([.. Checksum(signature, payload), .. payload]);
    }

    public static IReadOnlyList<object?> Decode(string signature, IReadOnlyList<Type> types, string argument, string cursor)
    {
        if (_decoded.TryGetValue(cursor, out var decoded) && decoded.Signature == signature)
            return decoded.Keys;

        var keys = Read(signature, types, argument, cursor);
        _decoded.AddOrUpdate(cursor, new Decoded(signature, keys));
        return keys;
    }

    private static object?[] Read(string signature, IReadOnlyList<Type> types, string argument, string cursor)
    {
        if (!Base64Url.IsValid(cursor) || Base64Url.DecodeFromChars(cursor) is not { Length: > ChecksumLength } bytes)
            throw Malformed(argument, cursor);

        var payload = bytes[ChecksumLength..];
        if (!Checksum(signature, payload).SequenceEqual(bytes.AsSpan(0, ChecksumLength)))
            throw Malformed(argument, cursor);

        try
        {
            var values = JsonSerializer.Deserialize<JsonElement[]>(payload)!;
            return values.Length == types.Count ? [.. values.Zip(types, (value, type) => value.Deserialize(type))] : throw Malformed(argument, cursor);
        }
        catch (JsonException)
        {
            throw Malformed(argument, cursor);
        }
    }

    private static ReadOnlySpan<byte> Checksum(string signature, byte[] payload) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(signature), 0, .. payload]).AsSpan(0, ChecksumLength);

    private static CodedError Malformed(string argument, string cursor) => new(
        ErrorCodes.InvalidCursor,
        $"The cursor specified in `{argument}` has an invalid format.",
        new Dictionary<string, object?> { ["argument"] = argument, ["cursor"] = cursor });

    private sealed record Decoded(string Signature, object?[] Keys);
}
