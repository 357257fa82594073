using System.Text.Json;

namespace Lucitra.Webhooks.Crm;

/// <summary>A call's answer of the kind 2xx.</summary>
/// <param name="Operation">What was called.</param>
/// <param name="Body">UTF-8 JSON; empty where there is nothing to tell.</param>
/// <param name="ReadAt">When, by HubSpot's clock if it tells.</param>
internal sealed record HubSpotAnswer(string Operation, byte[] Body, DateTime ReadAt)
{
    public T Read<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Body, HubSpotJson.Options) ?? throw new JsonException();
        }
        catch (JsonException fault)
        {
            throw new HubSpotApiException(HubSpotErrorKind.Unexpected, Operation, fault);
        }
    }
}
