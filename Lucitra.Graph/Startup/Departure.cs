namespace Lucitra.Graph.Startup;

/// <summary>Whether this process was told to stop and takes its last requests.</summary>
internal sealed class Departure
{
    private volatile bool _hasBegun;

    public bool HasBegun => _hasBegun;

    public void Begin() => _hasBegun = true;
}
