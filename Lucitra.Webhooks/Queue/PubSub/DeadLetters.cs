using Grpc.Core;
using Lucitra.Webhooks.Queue.PubSub.Wire;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>The messages that Pub/Sub put aside because they were given back too often.</summary>
internal sealed class DeadLetters(
    PubSubClient client, EventProcessor processor, IOptions<QueueOptions> options, PubSubMetrics metrics, TimeProvider clock)
{
    private const int MessagesPerPull = 100;

    // A pull that finds nothing waits for something to come.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly string _subscription = options.Value.PubSub.DeadLetterSubscriptionName;

    /// <summary>Applies them until there are none, and says how many there were.</summary>
    public async Task<int> DrainAsync(CancellationToken cancellationToken)
    {
        var drained = 0;
        while (await PullAsync(cancellationToken) is { Count: > 0 } pulled)
        {
            metrics.Pulled(pulled.Count);
            await processor.ApplyAsync(
                [.. pulled.SelectMany(received => PubSubMessages.EventsOf(received.Message, clock.UtcNow()))], cancellationToken);
            await client.Subscriber.AcknowledgeAsync(
                new AcknowledgeRequest { Subscription = _subscription, AckIds = { pulled.Select(received => received.AckId) } },
                PubSubClient.ForSubscription(_subscription),
                cancellationToken: cancellationToken);
            metrics.Acked(pulled.Count);
            drained += pulled.Count;
        }

        return drained;
    }

    private async Task<IReadOnlyList<ReceivedMessage>> PullAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var response = await client.Subscriber.PullAsync(
                new PullRequest { Subscription = _subscription, MaxMessages = MessagesPerPull },
                PubSubClient.ForSubscription(_subscription),
                cancellationToken: either.Token);
            return response.ReceivedMessages;
        }
        catch (RpcException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }
}
