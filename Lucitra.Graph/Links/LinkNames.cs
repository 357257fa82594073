using Lucitra.Graph.Database;
using Lucitra.Graph.Records;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Links;

/// <summary>What HubSpot's ids of both ends of links stand for, as far as it was asked.</summary>
internal sealed class LinkNames(LucitraDbContext db)
{
    public RecordNames Deals { get; } = new(db, HubSpotObjectTypes.Deal);

    public RecordNames Contacts { get; } = new(db, HubSpotObjectTypes.Contact);

    public async Task LoadAsync(IReadOnlyCollection<LinkedPair> pairs, CancellationToken cancellationToken)
    {
        await Deals.LoadAsync(pairs.Select(pair => new RecordKey(pair.PortalId, pair.DealObjectId)), cancellationToken);
        await Contacts.LoadAsync(pairs.Select(pair => new RecordKey(pair.PortalId, pair.ContactObjectId)), cancellationToken);
    }

    /// <summary>The pair by the ids by which HubSpot knows both records now.</summary>
    public LinkedPair Current(LinkedPair pair) => new(
        pair.PortalId, Deals.Current(pair.PortalId, pair.DealObjectId), Contacts.Current(pair.PortalId, pair.ContactObjectId));

    /// <summary>The records of a pair; null while one of them is not known.</summary>
    public (Guid Deal, Guid Contact)? RecordsOf(LinkedPair pair) =>
        Deals.RecordOf(pair.PortalId, pair.DealObjectId) is { } deal && Contacts.RecordOf(pair.PortalId, pair.ContactObjectId) is { } contact ? (deal, contact) : null;
}
