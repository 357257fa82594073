namespace Lucitra.Webhooks.Crm;

/// <summary>Why a call to HubSpot failed, and with that what a caller can do about it.</summary>
public enum HubSpotErrorKind
{
    /// <summary>An answer that HubSpot's documentation does not explain, or that could not be read.</summary>
    Unexpected,

    /// <summary>400: what was sent is wrong and stays wrong.</summary>
    Validation,

    /// <summary>401, or a refresh token that is no good: the portal has to be connected again.</summary>
    Unauthorized,

    /// <summary>403: the app lacks a scope.</summary>
    MissingScopes,

    /// <summary>404: not there, or archived.</summary>
    NotFound,

    /// <summary>409: it exists already; see <see cref="HubSpotApiException.ExistingId"/>.</summary>
    Conflict,

    /// <summary>414: the URL is too long, or a record has been merged too often.</summary>
    TooLong,

    /// <summary>423: somebody else writes to the record at the moment.</summary>
    Locked,

    /// <summary>429: too many calls in ten seconds, or searches in one.</summary>
    RateLimited,

    /// <summary>429: the account has spent its calls of the day.</summary>
    DailyLimit,

    /// <summary>477: HubSpot moves the account to another data centre.</summary>
    Migrating,

    /// <summary>5xx, no connection, or no answer in time.</summary>
    Unavailable,

    /// <summary>Not sent, because the last calls to this portal all failed.</summary>
    CircuitOpen,
}
