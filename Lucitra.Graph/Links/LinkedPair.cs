using System.Globalization;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Erasure;

namespace Lucitra.Graph.Links;

/// <summary>A deal and a contact, by HubSpot's ids.</summary>
internal readonly record struct LinkedPair(long PortalId, long DealObjectId, long ContactObjectId)
{
    /// <summary>The pair of two records; null unless HubSpot has both in one account.</summary>
    public static LinkedPair? Of(Deals.Deal deal, Contacts.Contact contact) =>
        deal is { PortalId: { } portalId, HubSpotId: { } dealId } && contact.HubSpotId is { } contactId && contact.PortalId == portalId
            ? new LinkedPair(portalId, long.Parse(dealId, CultureInfo.InvariantCulture), long.Parse(contactId, CultureInfo.InvariantCulture))
            : null;

    /// <summary>The pair of a record and one of the other type.</summary>
    public static LinkedPair Of(string objectType, long portalId, long objectId, long other) =>
        objectType == HubSpotObjectTypes.Deal ? new(portalId, objectId, other) : new(portalId, other, objectId);

    /// <summary>The person of the pair.</summary>
    public HubSpotObjectId Contact => new(PortalId, HubSpotObjectTypes.Contact, ContactObjectId);

    public bool Has(string objectType, long portalId, long objectId) =>
        PortalId == portalId && (objectType == HubSpotObjectTypes.Deal ? DealObjectId : ContactObjectId) == objectId;
}
