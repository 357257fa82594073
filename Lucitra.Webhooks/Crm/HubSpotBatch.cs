namespace Lucitra.Webhooks.Crm;

/// <summary>What came of reading up to 100 records by id.</summary>
/// <param name="Found">In no particular order.</param>
/// <param name="Missing">Ids asked for that are not among the found, whether HubSpot named them or left them out.</param>
/// <param name="ReadAt">When, by HubSpot's clock and cut to the second; by ours where HubSpot does not tell. UTC.</param>
public sealed record HubSpotBatch(IReadOnlyList<HubSpotObject> Found, IReadOnlyList<string> Missing, DateTime ReadAt);
