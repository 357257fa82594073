using Google.Apis.Auth;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>Checks the token that Pub/Sub sends with every post: signed by Google, for us, about the service account we know.</summary>
internal sealed class PushToken(IOptions<QueueOptions> options)
{
    private const string Scheme = "Bearer ";

    private static readonly TimeSpan _clockSkew = TimeSpan.FromSeconds(30);

    private readonly PubSubPushOptions _options = options.Value.PubSub.Push;

    /// <summary>
    /// The verdict on an Authorization header. Throws <see cref="HttpRequestException"/> where Google's keys cannot be had.
    /// </summary>
    public async Task<PushVerdict> VerifyAsync(string? authorization, CancellationToken cancellationToken)
    {
        if (_options.TrustIngress)
            return PushVerdict.Accepted;
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
            return PushVerdict.Unauthenticated;

        var verification = new SignedTokenVerificationOptions
        {
            TrustedAudiences = { _options.Audience },
            TrustedIssuers = { "https://accounts.google.com", "accounts.google.com" },
            ExpiryClockTolerance = _clockSkew,
            IssuedAtClockTolerance = _clockSkew,
            CertificatesUrl = _options.CertificatesUrl,
        };
        try
        {
            var payload = await JsonWebSignature.VerifySignedTokenAsync<GoogleJsonWebSignature.Payload>(
                authorization[Scheme.Length..].Trim(), verification, cancellationToken);
            return payload.Email == _options.ServiceAccountEmail && payload.EmailVerified ? PushVerdict.Accepted : PushVerdict.Forbidden;
        }
        catch (Exception fault) when (fault is not (HttpRequestException or OperationCanceledException))
        {
            // What is no token at all is told by whatever the parts of it are read with.
            return PushVerdict.Unauthenticated;
        }
    }
}

/// <summary>What a token says about a post.</summary>
internal enum PushVerdict
{
    Accepted,

    /// <summary>No token, or one that is not Google's, not for us, or not of now.</summary>
    Unauthenticated,

    /// <summary>Google's token for somebody else.</summary>
    Forbidden,
}
