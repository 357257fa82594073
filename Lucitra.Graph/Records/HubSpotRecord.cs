namespace Lucitra.Graph.Records;

/// <summary>
/// Which record a HubSpot id stands for. HubSpot's ids are unique per portal and object type only, and several may
/// stand for one record.
/// </summary>
internal sealed class HubSpotRecord
{
    public long PortalId { get; set; }

    public required string ObjectType { get; set; }

    public long ObjectId { get; set; }

    public Guid RecordId { get; set; }
}
