using System.Buffers.Text;
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
    private const int MaxOnStack = 512;

    // A cursor is decoded for each key of its order, one after the other.
    [ThreadStatic]
    private static Decoded? _last;

    /// <summary>Names a list and its order, so that the cursor of another one is told apart.</summary>
    public static string SignatureOf(string field, IEnumerable<(string Path, bool Descending)> keys) =>
        $"{field}({string.Join(',', keys.Select(key => (key.Descending ? "-" : "+") + key.Path))})";

    public static string Encode(string signature, object?[] keys)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(keys);
        Span<byte> checksum = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(signature, payload, checksum);
        return Base64Url.EncodeToString([.. checksum[..ChecksumLength], .. payload]);
    }

    public static IReadOnlyList<object?> Decode(string signature, IReadOnlyList<Type> types, string argument, string cursor)
    {
        if (_last is { } last && ReferenceEquals(last.Cursor, cursor) && last.Signature == signature)
            return last.Keys;

        var keys = Read(signature, types, cursor) ?? throw Malformed(argument, cursor);
        _last = new Decoded(cursor, signature, keys);
        return keys;
    }

    private static object?[]? Read(string signature, IReadOnlyList<Type> types, string cursor)
    {
        if (!Base64Url.IsValid(cursor) || Base64Url.DecodeFromChars(cursor) is not { Length: > ChecksumLength } bytes)
            return null;

        var payload = bytes.AsSpan(ChecksumLength);
        Span<byte> checksum = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(signature, payload, checksum);
        if (!checksum[..ChecksumLength].SequenceEqual(bytes.AsSpan(0, ChecksumLength)))
            return null;

        try
        {
            return ReadKeys(payload, types);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static object?[]? ReadKeys(ReadOnlySpan<byte> payload, IReadOnlyList<Type> types)
    {
        var reader = new Utf8JsonReader(payload);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            return null;
        var keys = new object?[types.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            if (!reader.Read() || reader.TokenType == JsonTokenType.EndArray)
                return null;
            keys[i] = JsonSerializer.Deserialize(ref reader, types[i]);
        }

        return reader.Read() && reader.TokenType == JsonTokenType.EndArray && !reader.Read() ? keys : null;
    }

    private static void Hash(string signature, ReadOnlySpan<byte> payload, Span<byte> hash)
    {
        var length = Encoding.UTF8.GetByteCount(signature);
        var size = length + 1 + payload.Length;
        Span<byte> text = size <= MaxOnStack ? stackalloc byte[size] : new byte[size];
        Encoding.UTF8.GetBytes(signature, text);
        text[length] = 0;
        payload.CopyTo(text[(length + 1)..]);
        SHA256.HashData(text, hash);
    }

    private static CodedError Malformed(string argument, string cursor) => new(
        ErrorCodes.InvalidCursor,
        $"The cursor specified in `{argument}` has an invalid format.",
        new Dictionary<string, object?> { ["argument"] = argument, ["cursor"] = cursor });

    private sealed record Decoded(string Cursor, string Signature, object?[] Keys);
}
