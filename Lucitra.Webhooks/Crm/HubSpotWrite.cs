namespace Lucitra.Webhooks.Crm;

/// <summary>One record of a batch of writes.</summary>
/// <param name="Id">Id of the record, or the value of the identifying property in an upsert.</param>
/// <param name="Properties">Values to set; null or empty clears.</param>
/// <param name="TraceId">By which HubSpot tells what came of it; null to take its position in the batch.</param>
public sealed record HubSpotWrite(string Id, IReadOnlyDictionary<string, string?> Properties, string? TraceId = null);
