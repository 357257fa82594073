using System.Security.Cryptography;
using System.Text;

namespace Lucitra.Graph.Auth.Tokens;

/// <summary>Keeps private keys from those who can read the database but not the settings: AES-256-GCM, bound to the key's id.</summary>
internal static class KeyCipher
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    private static readonly byte[] _purpose = "lucitra signing key"u8.ToArray();

    public static byte[] Encrypt(byte[] plain, string id, string secret)
    {
        var sealedKey = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = sealedKey.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(KeyOf(secret), TagBytes);
        aes.Encrypt(nonce, plain, sealedKey.AsSpan(NonceBytes + TagBytes), sealedKey.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(id));
        return sealedKey;
    }

    /// <summary>Null where none of the secrets made it, or somebody changed it.</summary>
    public static byte[]? Decrypt(byte[] sealedKey, string id, IEnumerable<string> secrets)
    {
        if (sealedKey.Length < NonceBytes + TagBytes)
            return null;
        var plain = new byte[sealedKey.Length - NonceBytes - TagBytes];
        foreach (var secret in secrets)
        {
            using var aes = new AesGcm(KeyOf(secret), TagBytes);
            try
            {
                aes.Decrypt(
                    sealedKey.AsSpan(0, NonceBytes), sealedKey.AsSpan(NonceBytes + TagBytes), sealedKey.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(id));
                return plain;
            }
            catch (AuthenticationTagMismatchException)
            {
                // Made with another secret, perhaps the next.
            }
        }

        return null;
    }

    private static byte[] KeyOf(string secret) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyBytes, info: _purpose);
}
