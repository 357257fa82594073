namespace Lucitra.Webhooks;

/// <summary>What the signature of a request says about it. Only <see cref="Valid"/> lets it in.</summary>
public enum SignatureVerdict
{
    Valid,

    /// <summary>No signature at all, or one without its companion (the time for v3, the version for v1 and v2).</summary>
    MissingHeader,

    /// <summary>Only a signature of a version that the settings do not accept.</summary>
    VersionNotAccepted,

    /// <summary>The time is not made of 1 to 15 digits.</summary>
    TimestampFormat,

    /// <summary>Signed too long ago, or in the future.</summary>
    Stale,

    /// <summary>Not the length or alphabet of a signature.</summary>
    SignatureFormat,

    /// <summary>Signed with another secret, or for another method, URL, body or time.</summary>
    Mismatch,
}
