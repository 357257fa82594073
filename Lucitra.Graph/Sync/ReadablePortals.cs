namespace Lucitra.Graph.Sync;

/// <summary>The HubSpot accounts whose records can be read.</summary>
internal sealed class ReadablePortals
{
    private readonly HashSet<long> _known = [];

    public bool Contains(long portalId) => _known.Contains(portalId);
}
