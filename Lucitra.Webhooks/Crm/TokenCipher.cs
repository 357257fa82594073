using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lucitra.Webhooks.Crm;

/// <summary>
/// Keeps refresh tokens from those who can read the database but not the settings: AES-256-GCM, under a key derived from the
/// app's client secret and bound to the account. The first secret encrypts; each is tried to decrypt, for rotations.
/// </summary>
internal static class TokenCipher
{
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeaderBytes = 1 + NonceBytes + TagBytes;
    private const int KeyBytes = 32;

    private static readonly byte[] _purpose = "lucitra hubspot refresh token"u8.ToArray();

    public static byte[] Encrypt(string text, long portalId, IReadOnlyList<string> secrets)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedText = new byte[HeaderBytes + plain.Length];
        sealedText[0] = Version;
        var nonce = sealedText.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(KeyOf(secrets[0]), TagBytes);
        aes.Encrypt(nonce, plain, sealedText.AsSpan(HeaderBytes), sealedText.AsSpan(1 + NonceBytes, TagBytes), Bound(portalId));
        return sealedText;
    }

    /// <summary>Null where none of the secrets made it, or somebody changed it.</summary>
    public static string? Decrypt(byte[] sealedText, long portalId, IReadOnlyList<string> secrets)
    {
        if (sealedText.Length < HeaderBytes || sealedText[0] != Version)
            return null;
        var plain = new byte[sealedText.Length - HeaderBytes];
        foreach (var secret in secrets)
        {
            using var aes = new AesGcm(KeyOf(secret), TagBytes);
            try
            {
                aes.Decrypt(
                    sealedText.AsSpan(1, NonceBytes), sealedText.AsSpan(HeaderBytes), sealedText.AsSpan(1 + NonceBytes, TagBytes), plain, Bound(portalId));
                return Encoding.UTF8.GetString(plain);
            }
            catch (AuthenticationTagMismatchException)
            {
                // Made with another secret, perhaps the next.
            }
        }

        return null;
    }

    private static byte[] KeyOf(string secret) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyBytes, info: _purpose);

    private static byte[] Bound(long portalId)
    {
        var bound = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bound, portalId);
        return bound;
    }
}
