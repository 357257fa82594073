using System.Globalization;
using System.Text.Json;

namespace Lucitra.Benchmarks.Ingest;

/// <summary>
/// The events of an import as HubSpot tells them: of every contact its creation, then its properties one by one. Each is told
/// once; the next body goes on where the last one ended.
/// </summary>
internal sealed class ImportEvents(long firstContact, long occurredAt)
{
    public const int EventsPerContact = 9;

    private const long PortalId = 21_478_362;

    private static readonly string[] _properties = ["email", "firstname", "lastname", "phone", "company", "lifecyclestage", "hs_lead_status", "city"];
    private static readonly JsonWriterOptions _format = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private long _next;

    /// <summary>The body of a request with the next events.</summary>
    public byte[] Next(int events)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, _format))
        {
            json.WriteStartArray();
            for (var i = 0; i < events; i++, _next++)
                Write(json, _next / EventsPerContact, (int)(_next % EventsPerContact));
            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    private void Write(Utf8JsonWriter json, long contact, int place)
    {
        json.WriteStartObject();
        json.WriteNumber("eventId", 3_000_000_000 + _next);
        json.WriteNumber("subscriptionId", 5_200_100 + place);
        json.WriteNumber("portalId", PortalId);
        json.WriteNumber("appId", 4_411_907);
        json.WriteNumber("occurredAt", occurredAt);
        json.WriteString("subscriptionType", place == 0 ? "contact.creation" : "contact.propertyChange");
        json.WriteNumber("attemptNumber", 0);
        json.WriteNumber("objectId", firstContact + contact);
        if (place == 0)
        {
            json.WriteString("changeFlag", "CREATED");
        }
        else
        {
            json.WriteString("propertyName", _properties[place - 1]);
            json.WriteString("propertyValue", Value(_properties[place - 1], contact));
        }

        json.WriteString("changeSource", "IMPORT");
        json.WriteString("sourceId", "41877023");
        json.WriteEndObject();
    }

    private string Value(string property, long contact) => property switch
    {
        "email" => string.Create(CultureInfo.InvariantCulture, $"c{firstContact + contact}@bulk.example"),
        "lifecyclestage" => "lead",
        _ => string.Create(CultureInfo.InvariantCulture, $"{property}-{contact % 977}"),
    };
}
