using System.Net;

namespace Lucitra.Webhooks.Crm;

/// <summary>A call to HubSpot that failed. Neither message nor properties quote tokens or values of records.</summary>
public sealed class HubSpotApiException : Exception
{
    internal HubSpotApiException(HubSpotErrorKind kind, string operation, Exception? cause = null)
        : base(null, cause)
    {
        Kind = kind;
        Operation = operation;
    }

    public HubSpotErrorKind Kind { get; }

    /// <summary>The call, such as <c>contact.batchRead</c>.</summary>
    public string Operation { get; }

    /// <summary>HubSpot's answer; null where there was none.</summary>
    public HttpStatusCode? Status { get; internal init; }

    /// <summary>HubSpot's name for the error, such as <c>VALIDATION_ERROR</c>.</summary>
    public string? Category { get; internal init; }

    /// <summary>What is wrong with the first of the refused properties, such as <c>PROPERTY_DOESNT_EXIST</c>.</summary>
    public string? Code { get; internal init; }

    /// <summary>By which HubSpot's support finds the call.</summary>
    public string? CorrelationId { get; internal init; }

    /// <summary>After <see cref="HubSpotErrorKind.Conflict"/>: the id of the record that is there already, where HubSpot tells it.</summary>
    public string? ExistingId { get; internal init; }

    /// <summary>Internal names of the properties that were refused, as far as HubSpot tells them.</summary>
    public IReadOnlyList<string> PropertyNames { get; internal init; } = [];

    /// <summary>Before this time has passed another attempt is pointless; null where nothing is known.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>
    /// Whether HubSpot may have done what was asked although the call failed: only for calls that cannot be repeated
    /// safely. Look for the record before creating it again.
    /// </summary>
    public bool IsOutcomeUnknown { get; internal init; }

    /// <summary>Whether a limit per second was met, not the one per ten seconds.</summary>
    internal bool IsSecondly { get; init; }

    /// <summary>Whether the same call may succeed later without anybody changing anything.</summary>
    public bool IsTransient => Kind
        is HubSpotErrorKind.Locked
        or HubSpotErrorKind.RateLimited
        or HubSpotErrorKind.DailyLimit
        or HubSpotErrorKind.Migrating
        or HubSpotErrorKind.Unavailable
        or HubSpotErrorKind.CircuitOpen;

    public override string Message
    {
        get
        {
            string?[] details =
            [
                Kind.ToString(),
                Status is { } status ? $"status {(int)status}" : null,
                Category,
                Code,
                PropertyNames.Count > 0 ? $"properties {string.Join(' ', PropertyNames)}" : null,
                RetryAfter is { } wait ? $"retry after {wait}" : null,
                IsOutcomeUnknown ? "outcome unknown" : null,
                CorrelationId is { } id ? $"correlation id {id}" : null,
            ];
            return $"HubSpot call {Operation} failed: {string.Join(", ", details.Where(detail => detail is not null))}.";
        }
    }
}
