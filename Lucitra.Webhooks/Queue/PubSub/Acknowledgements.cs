using Grpc.Core;
using Lucitra.Webhooks.Queue.PubSub.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>
/// Tells Pub/Sub what became of messages. When it cannot be told it delivers them again, which costs work and nothing else:
/// their events are repetitions then. So a failure is logged and is nobody's to handle.
/// </summary>
internal sealed partial class Acknowledgements(
    PubSubClient client, IOptions<QueueOptions> options, PubSubMetrics metrics, TimeProvider clock, ILogger<Acknowledgements> logger)
{
    // Pub/Sub takes 512 KiB in one call, and an id may be some hundred bytes long.
    private const int IdsPerCall = 500;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly string _subscription = options.Value.PubSub.SubscriptionName;

    public async Task AckAsync(IReadOnlyList<string> ackIds)
    {
        metrics.Acked(ackIds.Count);
        await CallAsync(ackIds, "acknowledge", (ids, headers, token) => client.Subscriber.AcknowledgeAsync(
            new AcknowledgeRequest { Subscription = _subscription, AckIds = { ids } }, headers, cancellationToken: token));
    }

    public async Task NackAsync(IReadOnlyList<string> ackIds)
    {
        metrics.Nacked(ackIds.Count);
        await ModifyDeadlineAsync(ackIds, TimeSpan.Zero, "give back");
    }

    /// <summary>Makes Pub/Sub wait for another <see cref="PubSubOptions.AckDeadline"/>, from now.</summary>
    public Task ExtendAsync(IReadOnlyList<string> ackIds) => ModifyDeadlineAsync(ackIds, options.Value.PubSub.AckDeadline, "extend");

    private Task ModifyDeadlineAsync(IReadOnlyList<string> ackIds, TimeSpan deadline, string what) =>
        CallAsync(ackIds, what, (ids, headers, token) => client.Subscriber.ModifyAckDeadlineAsync(
            new ModifyAckDeadlineRequest { Subscription = _subscription, AckIds = { ids }, AckDeadlineSeconds = (int)deadline.TotalSeconds },
            headers,
            cancellationToken: token));

    private async Task CallAsync<T>(
        IReadOnlyList<string> ackIds, string what, Func<string[], Metadata, CancellationToken, AsyncUnaryCall<T>> call)
    {
        foreach (var ids in ackIds.Chunk(IdsPerCall))
        {
            using var limit = new CancellationTokenSource(_patience, clock);
            try
            {
                await call(ids, PubSubClient.ForSubscription(_subscription), limit.Token);
            }
            catch (RpcException fault)
            {
                Log.Failed(logger, what, ids.Length, fault.StatusCode);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Failed to {What} {Messages} messages; Pub/Sub delivers them again: {Code}")]
        public static partial void Failed(ILogger logger, string what, int messages, StatusCode code);
    }
}
