using System.ComponentModel.DataAnnotations;

namespace Lucitra.Webhooks;

/// <summary>Section <c>HubSpot</c>: what the server must know to tell HubSpot's deliveries from anybody else's.</summary>
public sealed class HubSpotOptions
{
    public const string Section = "HubSpot";

    /// <summary>
    /// Client secret of the HubSpot app, with which it signs its deliveries (app settings, tab Auth). While it is being rotated,
    /// give the old and the new one, separated by a comma: each is tried. Required, no default.
    /// </summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>
    /// Beginning of the target URL entered in HubSpot, letter for letter, up to but not including <c>/webhook</c>; such as
    /// <c>https://hooks.example.com</c>. HubSpot signs that URL, and behind a proxy the request does not tell it. Required, no default.
    /// </summary>
    public string PublicBaseUrl { get; set; } = "";

    /// <summary>
    /// Whether a delivery without a v3 signature may carry a v1 signature instead. Default false: v1 has no time in it, so
    /// a recorded delivery can be sent again at any time. A delivery with a v3 signature is always judged by that.
    /// </summary>
    public bool AcceptV1 { get; set; }

    /// <summary>The same for v2 signatures, which HubSpot's workflow actions send. Default false, for the same reason.</summary>
    public bool AcceptV2 { get; set; }

    /// <summary>
    /// How far the time in a v3 signature may be from now, in the past or in the future. Time span, default <c>00:05:00</c>
    /// (HubSpot's own rule), from one second to 15 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:15:00")]
    public TimeSpan MaxRequestAge { get; set; } = TimeSpan.FromMinutes(5);

    internal string[] ClientSecrets() =>
        ClientSecret.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The URL that HubSpot called and signed, given path and query as they came.</summary>
    internal string UrlOf(string rawTarget) => PublicBaseUrl.TrimEnd('/') + rawTarget;
}
