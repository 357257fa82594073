namespace Lucitra.Webhooks.Crm;

/// <summary>What came of a batch of writes: each of them is in one of the two lists.</summary>
/// <param name="Written">In the order of the writes.</param>
/// <param name="Refused">In the order of the writes.</param>
/// <param name="ReadAt">When, by HubSpot's clock and cut to the second; by ours where HubSpot does not tell. UTC.</param>
public sealed record HubSpotWriteBatch(
    IReadOnlyList<HubSpotWritten> Written, IReadOnlyList<HubSpotRefusal> Refused, DateTime ReadAt);

/// <summary>A write that HubSpot carried out.</summary>
/// <param name="Write">What was asked for.</param>
/// <param name="Record">The record as it is now, with the properties that HubSpot chose to return.</param>
/// <param name="IsNew">Whether an upsert created it.</param>
public sealed record HubSpotWritten(HubSpotWrite Write, HubSpotObject Record, bool IsNew);

/// <summary>A write that HubSpot refused, or left out without a word as it does with ids that a merge has replaced.</summary>
/// <param name="Write">What was asked for.</param>
/// <param name="Kind"><see cref="HubSpotErrorKind.NotFound"/> for a write left out.</param>
/// <param name="Code">What is wrong with the first of the refused properties, such as <c>INVALID_EMAIL</c>.</param>
/// <param name="PropertyNames">Internal names of the refused properties, as far as HubSpot tells them.</param>
public sealed record HubSpotRefusal(HubSpotWrite Write, HubSpotErrorKind Kind, string? Code, IReadOnlyList<string> PropertyNames);
