namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>Section <c>Queue:PubSub:Push</c>: how a worker tells Pub/Sub's posts from anybody else's.</summary>
public sealed class PubSubPushOptions
{
    /// <summary>
    /// The audience of the token that Pub/Sub sends, as the subscription has it. Required for <c>Consume=Push</c> unless
    /// <c>TrustIngress</c>.
    /// </summary>
    public string Audience { get; set; } = "";

    /// <summary>The service account for which that token is made. Required as the audience is.</summary>
    public string ServiceAccountEmail { get; set; } = "";

    /// <summary>
    /// Whether posts are taken without looking at their token, because nothing but Pub/Sub reaches the worker: Cloud Run that
    /// checks the invoker takes the token's signature away. Default false.
    /// </summary>
    public bool TrustIngress { get; set; }

    /// <summary>Where the keys are that sign the tokens, as a JSON Web Key Set. Default: Google's.</summary>
    public string? CertificatesUrl { get; set; }
}
