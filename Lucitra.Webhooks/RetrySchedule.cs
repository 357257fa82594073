namespace Lucitra.Webhooks;

/// <summary>
/// Exponential backoff with full jitter: waits drawn at random keep what failed together from coming back together.
/// </summary>
public static class RetrySchedule
{
    /// <summary>
    /// The wait after failure number <paramref name="failures"/> (from 1). <paramref name="jitter"/> from 0 to 1 places it
    /// below the bound.
    /// </summary>
    public static TimeSpan WaitAfter(int failures, TimeSpan baseDelay, TimeSpan maxDelay, double jitter)
    {
        var bound = Math.Min(baseDelay.TotalMilliseconds * Math.Pow(2, failures - 1), maxDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(bound * jitter);
    }
}
