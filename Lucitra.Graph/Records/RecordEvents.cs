using System.Globalization;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;

namespace Lucitra.Graph.Records;

/// <summary>Which events of contacts and deals can be applied, and which records each names.</summary>
internal static class RecordEvents
{
    /// <summary>The reason of an event that tells what this server wrote to HubSpot itself.</summary>
    public const string Echo = "ECHO: HubSpot tells what was written from here";

    /// <summary>How HubSpot names an app as the source of something.</summary>
    public const string AnApp = "INTEGRATION";

    /// <summary>
    /// Whether HubSpot names this app as the cause. That alone makes no echo: others may write with the same app, so the value
    /// has to be the one that was written.
    /// </summary>
    public static bool IsOwnWrite(HubSpotEvent fact) => IsOwnWrite(fact.ChangeSource, fact.AppId, fact.SourceId);

    /// <summary>The same by the parts of an event that say so.</summary>
    public static bool IsOwnWrite(string? changeSource, long? appId, string? sourceId) =>
        changeSource == AnApp && appId is { } app && sourceId == app.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether the event can be applied; otherwise it is ignored with a reason.</summary>
    public static bool IsHandled(InboxEvent e, string objectType)
    {
        var reason = e.Fact switch
        {
            { Kind: HubSpotEventKinds.PrivacyDeletion } when objectType != HubSpotObjectTypes.Contact => $"UNHANDLED_KIND: {e.Fact.Kind}",
            { Association: { } link } when !IsDealAndContact(objectType, link) => $"UNHANDLED_TYPE: a link of {objectType} and {link.ToObjectType ?? "an unknown type"}",
            { Merge: not null } when Names(e.Fact).Take(2).Count() < 2 => "MISSING_MEMBER: a merge names the record that stays and those that went into it",
            { Merge: not null } or { Association: not null } => null,
            { Kind: not (HubSpotEventKinds.Creation or HubSpotEventKinds.PropertyChange or HubSpotEventKinds.Deletion or HubSpotEventKinds.Restore or HubSpotEventKinds.PrivacyDeletion) } => $"UNHANDLED_KIND: {e.Fact.Kind}",
            { ObjectId: null } => "MISSING_MEMBER: objectId",
            { Kind: HubSpotEventKinds.PropertyChange, PropertyName: null } => "MISSING_MEMBER: propertyName",
            { PropertyName: ['$', ..] } => "RESERVED_NAME: no property of HubSpot begins with $",
            { IsRedacted: true } => "REDACTED: HubSpot withholds the value of this property",
            _ => null,
        };
        if (reason is not null)
            e.Ignore(reason);
        return reason is null;
    }

    /// <summary>The records an event names. Of a merge, the first is the one that came of it; empty when it does not tell which.</summary>
    public static IEnumerable<RecordKey> Names(HubSpotEvent fact)
    {
        if (fact.Merge is not { } merge)
            return fact.ObjectId is { } id ? [new RecordKey(fact.PortalId, id)] : [];

        var primary = merge.PrimaryObjectId ?? fact.ObjectId;
        if ((merge.NewObjectId ?? primary) is not { } survivor)
            return [];
        return new[] { survivor }
            .Concat(primary is { } winner ? [winner] : [])
            .Concat(merge.MergedObjectIds)
            .Distinct()
            .Select(objectId => new RecordKey(fact.PortalId, objectId));
    }

    private static bool IsDealAndContact(string objectType, HubSpotAssociation link) =>
        (objectType, link.ToObjectType) is (HubSpotObjectTypes.Contact, HubSpotObjectTypes.Deal) or (HubSpotObjectTypes.Deal, HubSpotObjectTypes.Contact);
}
