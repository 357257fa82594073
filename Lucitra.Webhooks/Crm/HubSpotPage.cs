namespace Lucitra.Webhooks.Crm;

/// <summary>One page of a list.</summary>
/// <param name="Results">What is on it.</param>
/// <param name="After">Where the next page begins; null on the last.</param>
/// <param name="ReadAt">When, by HubSpot's clock and cut to the second; by ours where HubSpot does not tell. UTC.</param>
public sealed record HubSpotPage<T>(IReadOnlyList<T> Results, string? After, DateTime ReadAt);
