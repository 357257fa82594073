using Grpc.Core;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>How publishing and consuming ended last in this process; null before the first time.</summary>
internal sealed class PubSubState(TimeProvider clock)
{
    private const int Never = -1;

    private volatile int _publishing = Never;
    private volatile int _consuming = Never;
    private long _publishedAt;

    /// <summary>How long ago something was last published, or could not be.</summary>
    public TimeSpan SincePublishing => clock.GetElapsedTime(Interlocked.Read(ref _publishedAt));

    public StatusCode? Publishing => Known(_publishing);

    public StatusCode? Consuming => Known(_consuming);

    public void Published(StatusCode code)
    {
        Interlocked.Exchange(ref _publishedAt, clock.GetTimestamp());
        _publishing = (int)code;
    }

    public void Consumed(StatusCode code) => _consuming = (int)code;

    private static StatusCode? Known(int code) => code == Never ? null : (StatusCode)code;
}
