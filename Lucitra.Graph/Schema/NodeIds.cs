using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Lucitra.Graph.Schema.Documents;

namespace Lucitra.Graph.Schema;

/// <summary>
/// Global identifiers of one type: base64 of the type's name, a colon and the key (a UUID as its 16 bytes, text as UTF-8),
/// in the alphabet that is safe in URLs. Both alphabets are read.
/// </summary>
internal sealed class NodeIds
{
    private readonly byte[] _prefix;
    private readonly string _typeName;
    private readonly bool _isGuid;

    private NodeIds(string typeName, bool isGuid)
    {
        _typeName = typeName;
        _isGuid = isGuid;
        _prefix = Encoding.UTF8.GetBytes(typeName + ":");
    }

    public static NodeIds For(string typeName, Type keyType) => new(typeName, keyType == typeof(Guid));

    /// <summary>The name of the type that an identifier is of.</summary>
    public static string TypeNameOf(string id)
    {
        var bytes = Decode(id);
        var colon = Array.IndexOf(bytes, (byte)':');
        return colon > 0 ? Encoding.UTF8.GetString(bytes, 0, colon) : throw Malformed(id);
    }

    public string Encode(object key)
    {
        byte[] suffix = key is Guid guid ? guid.ToByteArray() : Encoding.UTF8.GetBytes((string)key);
        return Base64Url.EncodeToString([.. _prefix, .. suffix]);
    }

    /// <summary>Writes the identifier of a key.</summary>
    public void Write(Utf8JsonWriter writer, Guid key)
    {
        const int KeyLength = 16;
        Span<byte> plain = stackalloc byte[_prefix.Length + KeyLength];
        _prefix.CopyTo(plain);
        key.TryWriteBytes(plain[_prefix.Length..]);
        Span<byte> text = stackalloc byte[Base64Url.GetEncodedLength(plain.Length)];
        Base64Url.EncodeToUtf8(plain, text);
        writer.WriteStringValue(text);
    }

    /// <summary>The key in an identifier; an error of the caller's when it is malformed or of another type.</summary>
    public object Parse(string id)
    {
        var typeName = TypeNameOf(id);
        if (typeName != _typeName)
            throw new CodedError(ErrorCodes.InvalidNodeId, $"The node id type name `{typeName}` does not match the expected type name `{_typeName}`.");

        var key = Decode(id).AsSpan(_prefix.Length);
        if (_isGuid)
            return key.Length == 16 ? new Guid(key) : throw Malformed(id);
        return key.Contains((byte)0) ? throw Malformed(id) : Encoding.UTF8.GetString(key);
    }

    private static byte[] Decode(string id)
    {
        var urlSafe = id.Replace('+', '-').Replace('/', '_').TrimEnd('=');
        return Base64Url.IsValid(urlSafe) ? Base64Url.DecodeFromChars(urlSafe) : throw Malformed(id);
    }

    private static CodedError Malformed(string id) =>
        new(ErrorCodes.InvalidNodeId, "The node ID string has an invalid format.", new Dictionary<string, object?> { ["originalValue"] = id });
}
