using Google.Apis.Auth.OAuth2;

namespace Lucitra.Graph.Storage;

/// <summary>Signs as this process's Google service account: by its private key, or by Google where no key is at hand.</summary>
internal sealed class GoogleSigner
{
    private readonly Lazy<Task<GoogleCredential>> _credential = new(() => GoogleCredential.GetApplicationDefaultAsync());

    /// <summary>The e-mail address of the service account.</summary>
    public async Task<string> EmailAsync(CancellationToken cancellationToken) => (await _credential.Value).UnderlyingCredential switch
    {
        ServiceAccountCredential account => account.Id,
        ComputeCredential compute => await compute.GetDefaultServiceAccountEmailAsync(cancellationToken),
        var other => throw new InvalidOperationException($"Links to files are signed by a service account, and {other.GetType().Name} is none."),
    };

    /// <summary>An RSA signature with SHA-256.</summary>
    public async Task<byte[]> SignAsync(byte[] data, CancellationToken cancellationToken) => (await _credential.Value).UnderlyingCredential is IBlobSigner signer
        ? Convert.FromBase64String(await signer.SignBlobAsync(data, cancellationToken))
        : throw new InvalidOperationException("Links to files are signed by a service account.");
}
