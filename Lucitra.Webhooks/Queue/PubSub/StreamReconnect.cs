using Grpc.Core;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>When a stream that ended is opened again, as Google's own clients do it.</summary>
internal static class StreamReconnect
{
    /// <summary>The pause after an answer that no repetition changes: somebody has to change a name, a role or a subscription.</summary>
    public static readonly TimeSpan WhenHopeless = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan _first = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _longLife = TimeSpan.FromSeconds(45);

    public static bool IsHopeful(StatusCode code) => code is StatusCode.OK or StatusCode.Unavailable or StatusCode.DeadlineExceeded
        or StatusCode.ResourceExhausted or StatusCode.Aborted or StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled;

    /// <summary>
    /// The wait before the next stream. <paramref name="failures"/> counts those in a row without a message;
    /// <paramref name="jitter"/> is from 0 to 1.
    /// </summary>
    public static TimeSpan WaitAfter(StatusCode code, TimeSpan lived, int failures, double jitter)
    {
        if (!IsHopeful(code))
            return WhenHopeless;
        if (code == StatusCode.OK)
            return _first;
        return code == StatusCode.Unavailable && lived >= _longLife
            ? TimeSpan.Zero
            : RetrySchedule.WaitAfter(failures, _first, _longest, jitter);
    }
}
