using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace RawEndpoint;

/// <summary>Cursors of contacts, latest first: the order's keys of the row as JSON, after a checksum of them and the order.</summary>
internal static class Cursors
{
    private const int ChecksumLength = 6;

    private static ReadOnlySpan<byte> Signature => "Query.contacts(-createdAt,+id)\0"u8;

    public static string Of(DateTime createdAt, Guid id)
    {
        byte[] payload = JsonSerializer.SerializeToUtf8Bytes<object[]>([createdAt, id]);
        return Base64Url.EncodeToString([.. SHA256.HashData([.. Signature, .. payload])[..ChecksumLength], .. payload]);
    }

    public static (DateTime CreatedAt, Guid Id) Decode(string cursor)
    {
        var keys = JsonSerializer.Deserialize<JsonElement[]>(Base64Url.DecodeFromChars(cursor).AsSpan(ChecksumLength))!;
        return (keys[0].GetDateTime(), keys[1].GetGuid());
    }
}
