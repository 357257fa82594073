using Lucitra.Webhooks;

namespace Lucitra.Graph.Timeline;

/// <summary>Wakes the change feed of this process when a change has committed.</summary>
internal sealed class ChangeSignal(TimeProvider clock) : Signal(clock)
{
    /// <summary>The channel on which other processes announce committed changes.</summary>
    public const string AnnouncementChannel = "lucitra_changes";
}
