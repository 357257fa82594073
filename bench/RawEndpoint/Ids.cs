using System.Buffers.Text;

namespace RawEndpoint;

/// <summary>Global identifiers: the name of the type, a colon and the 16 bytes of the key.</summary>
internal static class Ids
{
    private const int KeyLength = 16;

    public static ReadOnlySpan<byte> Contact => "Contact:"u8;

    public static ReadOnlySpan<byte> Deal => "Deal:"u8;

    public static string Of(ReadOnlySpan<byte> type, Guid key)
    {
        Span<byte> bytes = stackalloc byte[type.Length + KeyLength];
        type.CopyTo(bytes);
        key.TryWriteBytes(bytes[type.Length..]);
        return Base64Url.EncodeToString(bytes);
    }

    public static Guid KeyOf(string id) => new(Base64Url.DecodeFromChars(id).AsSpan()[^KeyLength..]);
}
