using System.Text.Json;
using System.Text.Unicode;

namespace Lucitra.Webhooks;

/// <summary>Reads one element of a delivery. Unknown members, types and kinds are no problem; ambiguity and gaps are.</summary>
internal static class HubSpotEventParser
{
    // The end of 9998: a write here that must be newer than what it replaces still finds a time.
    private const long MaxUnixMilliseconds = 253_370_764_799_999;

    // Two members of one name mean two facts, and nobody can say which one HubSpot meant.
    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false, MaxDepth = WebhookBody.MaxDepth };

    /// <summary>The fact that an element tells, or why it tells none. The problem never quotes a value.</summary>
    public static (HubSpotEvent? Fact, string? Problem) Parse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
            return (null, "the element is not valid UTF-8");
        try
        {
            using var document = JsonDocument.Parse(json, _strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(new EventElement(document.RootElement))
                : (null, "the element is not an object");
        }
        catch (JsonException)
        {
            return (null, "the element names a member twice, or is not JSON");
        }
        catch (InvalidOperationException)
        {
            return (null, "the element has a member whose name is not valid Unicode text");
        }
    }

    private static (HubSpotEvent? Fact, string? Problem) Read(EventElement element)
    {
        var portalId = element.RequiredInteger("portalId");
        var occurredAt = element.RequiredInteger("occurredAt");
        if (occurredAt is < 0 or > MaxUnixMilliseconds)
            element.Reject("occurredAt is not a time in Unix milliseconds");

        var subscriptionType = element.Name("subscriptionType") ?? element.Name("eventType");
        var (objectType, kind) = Split(subscriptionType, element);
        var fact = new HubSpotEvent
        {
            PortalId = portalId ?? 0,
            AppId = element.IntegerNote("appId"),
            ObjectType = objectType,
            Kind = kind,
            ObjectId = element.Integer("objectId"),
            OccurredAt = DateTime.UnixEpoch.AddMilliseconds(element.Problem is null ? occurredAt ?? 0 : 0),
            EventId = element.IntegerNote("eventId"),
            SubscriptionId = element.IntegerNote("subscriptionId"),
            AttemptNumber = element.IntegerNote("attemptNumber") is { } attempt ? int.CreateSaturating(attempt) : null,
            SubscriptionType = subscriptionType,
            ChangeSource = element.TextNote("changeSource"),
            SourceId = element.TextNote("sourceId"),
        };
        fact = kind switch
        {
            HubSpotEventKinds.PropertyChange => WithProperty(fact, element),
            HubSpotEventKinds.AssociationChange => WithAssociation(fact, element),
            HubSpotEventKinds.Merge => WithMerge(fact, element),
            _ => fact,
        };
        if (fact.ObjectId is null && HubSpotEventKinds.NeedsObjectId(kind))
            element.Reject("objectId is missing");

        return element.Problem is { } problem ? (null, problem) : (fact, null);
    }

    private static (string ObjectType, string Kind) Split(string? subscriptionType, EventElement element)
    {
        var dot = subscriptionType?.IndexOf('.') ?? -1;
        if (subscriptionType is null || dot <= 0 || dot == subscriptionType.Length - 1)
        {
            element.Reject(subscriptionType is null ? "subscriptionType is missing" : "subscriptionType is not of the form object.kind");
            return ("", "");
        }

        var (objectType, kind) = (subscriptionType[..dot], subscriptionType[(dot + 1)..]);
        if (objectType != "object")
            return (objectType, kind);

        // The generic form tells the object type apart; its association events tell those of both ends instead.
        var typeId = kind == HubSpotEventKinds.AssociationChange ? element.Name("fromObjectTypeId") : null;
        if ((typeId ?? element.Name("objectTypeId")) is { } id)
            return (HubSpotObjectTypes.NameOf(id), kind);
        element.Reject("objectTypeId is missing");
        return ("", kind);
    }

    private static HubSpotEvent WithProperty(HubSpotEvent fact, EventElement element)
    {
        var name = element.Name("propertyName");
        if (name is null)
            element.Reject("propertyName is missing");
        var value = element.Text("propertyValue");
        return fact with
        {
            PropertyName = name,
            PropertyValue = value is "" ? null : value,
            IsRedacted = value is "REDACTED" || element.Flag("isSensitive"),
        };
    }

    private static HubSpotEvent WithAssociation(HubSpotEvent fact, EventElement element)
    {
        var from = element.Integer("fromObjectId") ?? fact.ObjectId;
        var to = element.Integer("toObjectId");
        if (from is null || to is null)
            element.Reject("fromObjectId or toObjectId is missing");
        var (fromType, toType) = EndsOf(element);
        return fact with
        {
            ObjectId = from,
            Association = new HubSpotAssociation(
                from ?? 0,
                fromType,
                to ?? 0,
                toType,
                AssociationLabel.Of(element.Text("associationCategory"), element.Integer("associationTypeId")),
                element.Flag("isPrimaryAssociation"),
                element.Flag("associationRemoved")),
        };
    }

    // Classic events name both ends in one word, such as DEAL_TO_LINE_ITEM.
    private static (string? From, string? To) EndsOf(EventElement element)
    {
        if (element.Name("associationType")?.Split("_TO_", 2) is [var from, var to])
            return (from.ToLowerInvariant(), to.ToLowerInvariant());
        return (TypeOf(element.Name("fromObjectTypeId")), TypeOf(element.Name("toObjectTypeId")));
    }

    private static string? TypeOf(string? objectTypeId) => objectTypeId is null ? null : HubSpotObjectTypes.NameOf(objectTypeId);

    private static HubSpotEvent WithMerge(HubSpotEvent fact, EventElement element)
    {
        var merge = new HubSpotMerge(element.Integer("primaryObjectId"), element.Integers("mergedObjectIds"), element.Integer("newObjectId"));
        return fact with { Merge = merge, ObjectId = fact.ObjectId ?? merge.PrimaryObjectId };
    }
}
