using System.Diagnostics;
using Lucitra.Graph.Schema.Subscriptions;

namespace Lucitra.Graph.Analytics.Dashboards;

/// <summary>
/// Looks at dashboards for subscribers. Those who select the same and were told of the same change share a look, which is kept
/// only as long as one of them has still to get it.
/// </summary>
internal sealed class DashboardLooks
{
    private readonly Lock _lock = new();
    private readonly WeakReference<SharedResults> _last = new(null!);
    private long _begunAt = long.MinValue;

    /// <summary>A look that begins after a moment, and not much earlier than now.</summary>
    public DashboardLook Since(long moment, SharedSelection selection)
    {
        lock (_lock)
        {
            if (_begunAt >= moment && Stopwatch.GetElapsedTime(_begunAt) <= DashboardStream.Pause && _last.TryGetTarget(out var last))
                return new DashboardLook(last, selection);
            var results = new SharedResults();
            _last.SetTarget(results);
            _begunAt = Stopwatch.GetTimestamp();
            return new DashboardLook(results, selection);
        }
    }
}

/// <summary>A look at a dashboard, on its way to one subscriber.</summary>
internal sealed class DashboardLook(SharedResults results, SharedSelection selection) : SharedEvent(results, selection)
{
    // The next one comes after a pause, whether this one is read or not.
    public override void MarkRead()
    {
    }
}
