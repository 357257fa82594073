using System.Text.Json;

namespace Lucitra.Twin.Webhooks;

/// <summary>Writes events as HubSpot does.</summary>
internal static class MessageJson
{
    private static readonly JsonWriterOptions _format = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Body(IEnumerable<Message> messages, long appId)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, _format))
        {
            json.WriteStartArray();
            foreach (var message in messages)
                Write(json, message, appId);
            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Message message, long appId)
    {
        var fact = message.Fact;
        json.WriteStartObject();
        json.WriteNumber("eventId", message.EventId);
        json.WriteNumber("subscriptionId", message.SubscriptionId);
        json.WriteNumber("portalId", fact.PortalId);
        json.WriteNumber("appId", appId);
        json.WriteNumber("occurredAt", fact.OccurredAt);
        json.WriteString("subscriptionType", $"{(message.Generic ? "object" : fact.Type.Name)}.{KindOf(fact)}");
        json.WriteNumber("attemptNumber", message.Attempt);
        if (fact.Link is null)
            json.WriteNumber("objectId", fact.ObjectId);
        if (message.Generic && fact.Link is null)
            json.WriteString("objectTypeId", fact.Type.TypeId);
        WriteProperty(json, message);
        if (fact.Kind is FactKind.Creation)
            json.WriteString("changeFlag", "CREATED");
        if (fact.Kind is FactKind.Deletion or FactKind.PrivacyDeletion)
            json.WriteString("changeFlag", "DELETED");
        json.WriteString("changeSource", fact.By.Source);
        WriteMerge(json, fact);
        WriteLink(json, message);
        if (fact.By.SourceId is { } sourceId)
            json.WriteString("sourceId", sourceId);
        if (message.Generic && fact.Kind is FactKind.PropertyChange)
            json.WriteBoolean("isSensitive", fact.Sensitive);
        json.WriteEndObject();
    }

    private static string KindOf(TwinFact fact) => JsonNamingPolicy.CamelCase.ConvertName(fact.Kind.ToString());

    private static void WriteProperty(Utf8JsonWriter json, Message message)
    {
        if (message.Fact.Property is not { } property)
            return;
        json.WriteString("propertyName", property);
        if (message.Fact.Value!.Length > 0 || !message.ClearedIsMissing)
            json.WriteString("propertyValue", message.Fact.Value);
    }

    private static void WriteMerge(Utf8JsonWriter json, TwinFact fact)
    {
        if (fact.Merge is not { } merge)
            return;
        json.WriteNumber("primaryObjectId", merge.PrimaryId);
        json.WriteStartArray("mergedObjectIds");
        foreach (var loser in merge.LoserIds)
            json.WriteNumberValue(loser);
        json.WriteEndArray();
        json.WriteNumber("newObjectId", merge.NewId);
        json.WriteNumber("numberOfPropertiesMoved", merge.PropertiesMoved);
    }

    private static void WriteLink(Utf8JsonWriter json, Message message)
    {
        if (message.Fact.Link is not { } link)
            return;
        var other = message.Fact.Type == ObjectType.Contact ? ObjectType.Deal : ObjectType.Contact;
        if (!message.Generic)
            json.WriteString("associationType", $"{message.Fact.Type.Name}_TO_{other.Name}".ToUpperInvariant());
        json.WriteNumber("fromObjectId", message.Fact.ObjectId);
        json.WriteNumber("toObjectId", link.ToId);
        if (message.Generic)
        {
            json.WriteString("fromObjectTypeId", message.Fact.Type.TypeId);
            json.WriteString("toObjectTypeId", other.TypeId);
            json.WriteNumber("associationTypeId", link.TypeId);
            json.WriteString("associationCategory", link.UserDefined ? "USER_DEFINED" : "HUBSPOT_DEFINED");
        }

        json.WriteBoolean("associationRemoved", link.Removed);
        json.WriteBoolean("isPrimaryAssociation", false);
    }
}
