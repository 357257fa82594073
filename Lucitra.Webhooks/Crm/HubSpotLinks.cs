namespace Lucitra.Webhooks.Crm;

/// <summary>To which records of one type others are linked.</summary>
/// <param name="ByFrom">Ids of the linked records, each once, whatever its labels. Every id asked for is a key.</param>
/// <param name="ReadAt">When reading began, by HubSpot's clock and cut to the second; by ours where HubSpot does not tell. UTC.</param>
public sealed record HubSpotLinks(IReadOnlyDictionary<string, IReadOnlyList<string>> ByFrom, DateTime ReadAt);
