using Grpc.Core;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>How publishing and consuming ended last in this process; null before the first time.</summary>
internal sealed class PubSubState
{
    private const int Never = -1;

    private volatile int _publishing = Never;
    private volatile int _consuming = Never;

    public StatusCode? Publishing => Known(_publishing);

    public StatusCode? Consuming => Known(_consuming);

    public void Published(StatusCode code) => _publishing = (int)code;

    public void Consumed(StatusCode code) => _consuming = (int)code;

    private static StatusCode? Known(int code) => code == Never ? null : (StatusCode)code;
}
