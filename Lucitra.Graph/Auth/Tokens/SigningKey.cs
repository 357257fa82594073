namespace Lucitra.Graph.Auth.Tokens;

/// <summary>A key that signs access tokens (ECDSA over P-256, ES256).</summary>
internal sealed class SigningKey
{
    /// <summary>The <c>kid</c> of tokens that it signed: the thumbprint of its public key (RFC 7638).</summary>
    public required string Id { get; set; }

    /// <summary>The public key (SubjectPublicKeyInfo).</summary>
    public required byte[] PublicKey { get; set; }

    /// <summary>The private key (PKCS #8), encrypted where <c>Auth:Tokens:EncryptionSecret</c> is set.</summary>
    public required byte[] PrivateKey { get; set; }

    public bool IsEncrypted { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>From when on it signs: some time after it was published, so that everybody who checks tokens knows it by then.</summary>
    public DateTime SignsFrom { get; set; }

    /// <summary>Until when it signs, unless there is no other.</summary>
    public DateTime SignsUntil { get; set; }
}
