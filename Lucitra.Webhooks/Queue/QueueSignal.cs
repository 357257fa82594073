namespace Lucitra.Webhooks.Queue;

/// <summary>Wakes the worker of this process as soon as there is something to claim.</summary>
public sealed class QueueSignal(TimeProvider clock) : Signal(clock)
{
    /// <summary>The channel on which other processes announce new messages.</summary>
    public const string AnnouncementChannel = "lucitra_queue";
}
