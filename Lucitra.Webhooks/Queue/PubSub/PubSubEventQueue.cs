using Grpc.Core;
using Lucitra.Webhooks.Queue.PubSub.Wire;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>
/// The queue as a topic of Pub/Sub. A delivery is kept when every message of it is; one of which only a part is kept is
/// delivered again by HubSpot, and the events of that part are repetitions then.
/// </summary>
internal sealed class PubSubEventQueue(
    PubSubClient client, IOptions<QueueOptions> options, QueueTelemetry telemetry, PubSubMetrics metrics, PubSubState state, TimeProvider clock)
    : IEventQueue
{
    private readonly PubSubOptions _options = options.Value.PubSub;

    public async Task EnqueueAsync(AcceptedDelivery delivery, CancellationToken cancellationToken)
    {
        using var sending = telemetry.StartSending(QueueLabel.Topic(_options.Topic));
        var traced = delivery with { TraceParent = sending.TraceParent ?? delivery.TraceParent };
        using var limit = new CancellationTokenSource(_options.PublishTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = _options.MaxConcurrentPublishes, CancellationToken = either.Token };
        await Parallel.ForEachAsync(PubSubMessages.Of(traced), atOnce, async (messages, token) =>
        {
            foreach (var message in messages)
                await PublishAsync(message, limit.Token, token);
        });
        sending.Succeeded();
    }

    private async Task PublishAsync(PubsubMessage message, CancellationToken limit, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        try
        {
            await client.Publisher.PublishAsync(
                new PublishRequest { Topic = _options.TopicName, Messages = { message } },
                PubSubClient.ForTopic(_options.TopicName),
                cancellationToken: cancellationToken);
            Finish(StatusCode.OK);
        }
        catch (RpcException fault)
        {
            // A call that ends because another one of the delivery failed says nothing about Pub/Sub.
            if (limit.IsCancellationRequested)
                Finish(StatusCode.DeadlineExceeded);
            else if (!cancellationToken.IsCancellationRequested)
                Finish(fault.StatusCode);
            throw;
        }

        void Finish(StatusCode code)
        {
            metrics.Published(code, clock.GetElapsedTime(started));
            state.Published(code);
        }
    }
}
