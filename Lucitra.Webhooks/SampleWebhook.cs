using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks;

/// <summary>Posts a delivery such as HubSpot's: a new contact and a new deal with their properties, signed.</summary>
public sealed class SampleWebhook(HttpClient http, IOptions<HubSpotOptions> options, TimeProvider clock)
{
    private const long PortalId = 21_478_362;
    private const long AppId = 4_411_907;

    /// <summary>
    /// Posts <paramref name="body"/>, or a sample of its own, to <paramref name="url"/>. The signature is over the configured
    /// public URL, whatever address it is posted to.
    /// </summary>
    public async Task<SampleDelivery> PostAsync(Uri url, byte[]? body, CancellationToken cancellationToken)
    {
        var contactId = Random.Shared.NextInt64(600_000_000_000, 700_000_000_000);
        var dealId = Random.Shared.NextInt64(300_000_000_000, 400_000_000_000);
        var email = string.Create(CultureInfo.InvariantCulture, $"aline.duarte.{contactId}@northwharf.example");
        var bytes = body ?? JsonSerializer.SerializeToUtf8Bytes(Events(contactId, dealId, email));

        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Content = new ByteArrayContent(bytes);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var timestamp = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var signature = HubSpotSignature.SignV3(
            options.Value.ClientSecrets()[0], "POST", options.Value.UrlOf(url.PathAndQuery), bytes, timestamp);
        request.Headers.Add(SignedRequest.SignatureV3Header, signature);
        request.Headers.Add(SignedRequest.TimestampHeader, timestamp);

        using var response = await http.SendAsync(request, cancellationToken);
        return body is null
            ? new SampleDelivery(url, response.StatusCode, contactId, dealId, email)
            : new SampleDelivery(url, response.StatusCode, null, null, null);
    }

    // As HubSpot does, the events of one save carry one time, and properties may stand before the creation.
    private List<Dictionary<string, object>> Events(long contactId, long dealId, string email)
    {
        var now = clock.GetUtcNow();
        var closeDate = now.AddDays(30).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var events = new List<Dictionary<string, object>>();
        AddRecord("contact", contactId, [
            ("email", email),
            ("firstname", "Aline"),
            ("lastname", "Duarte"),
            ("phone", "+351 21 555 0142"),
            ("lifecyclestage", "lead")]);
        AddRecord("deal", dealId, [
            ("dealname", "North Wharf: annual plan"),
            ("amount", "12500.00"),
            ("dealstage", "appointmentscheduled"),
            ("pipeline", "default"),
            ("closedate", closeDate)]);
        return events;

        void AddRecord(string objectType, long objectId, (string Name, string Value)[] properties)
        {
            foreach (var (name, value) in properties)
            {
                var change = Event(objectType, HubSpotEventKinds.PropertyChange, objectId, now);
                change["propertyName"] = name;
                change["propertyValue"] = value;
                events.Add(change);
            }

            var creation = Event(objectType, HubSpotEventKinds.Creation, objectId, now);
            creation["changeFlag"] = "CREATED";
            events.Add(creation);
        }
    }

    private static Dictionary<string, object> Event(string objectType, string kind, long objectId, DateTimeOffset now) => new()
    {
        ["eventId"] = Random.Shared.NextInt64(1, uint.MaxValue),
        ["subscriptionId"] = 5_200_100,
        ["portalId"] = PortalId,
        ["appId"] = AppId,
        ["occurredAt"] = now.ToUnixTimeMilliseconds(),
        ["subscriptionType"] = $"{objectType}.{kind}",
        ["attemptNumber"] = 0,
        ["objectId"] = objectId,
        ["changeSource"] = "CRM_UI",
        ["sourceId"] = "userId:70114592",
    };
}
