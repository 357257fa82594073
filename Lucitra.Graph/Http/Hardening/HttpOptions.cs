using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Lucitra.Graph.Http.Hardening;

/// <summary>Section <c>Http</c>: proxies, TLS, and what a connection may take.</summary>
public sealed class HttpOptions : IValidatableObject
{
    public const string Section = "Http";

    /// <summary>
    /// Networks of the proxies in front of the server, such as <c>10.0.0.0/8</c> (<c>169.254.0.0/16</c> on Cloud Run). Of them
    /// alone <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed: they say the caller's address, for limits and
    /// audit, and whether it used TLS. Signatures of webhooks are over <c>HubSpot:PublicBaseUrl</c> in any case. Default none.
    /// </summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>
    /// Whether calls by plain HTTP are sent to HTTPS at port 443 with 308, apart from webhooks, Pub/Sub's pushes and health.
    /// For servers that end TLS themselves; a proxy does this better. Default false.
    /// </summary>
    public bool RedirectToHttps { get; set; }

    /// <summary>For how long browsers are told to use HTTPS only (HSTS), in answers by HTTPS outside Development. Default 365 days; 0: they are not told.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1000.00:00:00")]
    public TimeSpan HstsMaxAge { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How long a client may take to send the headers of a request. Default 15 s; 1 s to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RequestHeadersTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection may be idle. Default 130 s, longer than proxies keep theirs; 1 s to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(130);

    /// <summary>The least bytes a second that a client must send of a body, and read of an answer, after five seconds of grace. Default 240; 1 to 1048576.</summary>
    [Range(1, 1_048_576)]
    public int MinBytesPerSecond { get; set; } = 240;

    /// <summary>Largest size of a request's headers together, in bytes. Default 32768; 4096 to 1048576.</summary>
    [Range(4096, 1_048_576)]
    public int MaxHeaderBytes { get; set; } = 32_768;

    /// <summary>Most connections at once; further ones are closed. Default 10000; 10 to 1000000.</summary>
    [Range(10, 1_000_000)]
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Most WebSockets at once; further ones are refused. Default 5000; 1 to 1000000.</summary>
    [Range(1, 1_000_000)]
    public int MaxWebSockets { get; set; } = 5000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from network in TrustedProxies
        where !IPNetwork.TryParse(network, out _)
        select new ValidationResult($"Http:TrustedProxies has '{network}', which is no network. Write an address and a prefix length, such as 10.0.0.0/8.");
}
