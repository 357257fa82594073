using Lucitra.Graph.Links;
using Lucitra.Webhooks.Crm;

namespace Lucitra.Graph.WriteBack;

/// <summary>What came of sending a record.</summary>
internal sealed record SentRecord(OutgoingRecord Outgoing)
{
    /// <summary>The record as HubSpot has it after a write, or as it was found; null where nothing was written.</summary>
    public HubSpotObject? Written { get; init; }

    /// <summary>When HubSpot archived it; null unless it did.</summary>
    public DateTime? ArchivedAt { get; init; }

    /// <summary>A look for what an attempt before may have created found that there is nothing.</summary>
    public bool IsNotCreated { get; init; }

    /// <summary>Why HubSpot does not take it; null when it does.</summary>
    public SendRefusal? Refusal { get; init; }

    /// <summary>Why it has to be tried again; null when it has not.</summary>
    public SendDelay? Delay { get; init; }

    /// <summary>The links that HubSpot has taken since these times.</summary>
    public IReadOnlyList<(LinkedPair Pair, bool IsLinked, DateTime At)> Linked { get; init; } = [];

    /// <summary>The links that HubSpot does not take.</summary>
    public IReadOnlyList<LinkedPair> RefusedLinks { get; init; } = [];
}

/// <summary>A write that HubSpot does not take.</summary>
internal sealed record SendRefusal(HubSpotSyncErrorCode Code, string Message, IReadOnlyList<string> Properties, string? ConflictingId = null)
{
    /// <summary>The refusal that a failed call means; null when the call may succeed later.</summary>
    public static SendRefusal? Of(HubSpotApiException fault) => fault.Kind switch
    {
        HubSpotErrorKind.Conflict => new(
            HubSpotSyncErrorCode.Conflict, "HubSpot has another record with this e-mail address.", ["email"], fault.ExistingId),
        HubSpotErrorKind.Validation => new(
            HubSpotSyncErrorCode.Validation, $"HubSpot does not allow a value{(fault.Code is null ? "" : $": {fault.Code}")}.", fault.PropertyNames),
        HubSpotErrorKind.TooLong => new(HubSpotSyncErrorCode.Validation, "HubSpot does not take so much at once.", []),
        HubSpotErrorKind.MissingScopes => new(HubSpotSyncErrorCode.MissingScopes, "The HubSpot app lacks the scope to write this.", []),
        HubSpotErrorKind.NotFound => new(HubSpotSyncErrorCode.Gone, "HubSpot has the record no more.", []),
        _ => null,
    };
}

/// <summary>A write that has to be tried again.</summary>
/// <param name="Code">Why.</param>
/// <param name="RetryAfter">Not before this has passed; null where nothing is known.</param>
/// <param name="MayBeDone">HubSpot may have created the record.</param>
internal sealed record SendDelay(HubSpotSyncErrorCode Code, TimeSpan? RetryAfter, bool MayBeDone)
{
    public static SendDelay Of(HubSpotApiException fault) => new(
        fault.Kind switch
        {
            HubSpotErrorKind.Unauthorized => HubSpotSyncErrorCode.Unauthorized,
            HubSpotErrorKind.Unexpected => HubSpotSyncErrorCode.Unexpected,
            _ => HubSpotSyncErrorCode.Unavailable,
        },
        fault.RetryAfter,
        MayBeDone: fault.IsOutcomeUnknown || fault.Kind == HubSpotErrorKind.Unexpected);
}
