using System.Globalization;

namespace Lucitra.Graph.Records;

/// <summary>A record of HubSpot's, within one object type.</summary>
internal readonly record struct RecordKey(long PortalId, long ObjectId)
{
    public string HubSpotId => ObjectId.ToString(CultureInfo.InvariantCulture);
}
