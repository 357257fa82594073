using System.Threading.Channels;
using Grpc.Core;
using Lucitra.Webhooks.Queue.PubSub.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>Reads messages from a stream to Pub/Sub as far as there is room for them, and opens it again whenever it ends.</summary>
internal sealed partial class MessageStream(
    PubSubClient client,
    HeldMessages held,
    Acknowledgements acknowledgements,
    PubSubState state,
    PubSubMetrics metrics,
    IOptions<QueueOptions> options,
    TimeProvider clock,
    ILogger<MessageStream> logger)
{
    // Pub/Sub ends a stream on which nothing is said for a minute.
    private static readonly TimeSpan _keepAlive = TimeSpan.FromSeconds(25);

    // What is wrong with a subscription is answered at once.
    private static readonly TimeSpan _settled = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan _goodbye = TimeSpan.FromSeconds(1);

    private readonly PubSubOptions _options = options.Value.PubSub;
    private readonly string _clientId = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
    private int _failures;

    /// <summary>Reads until it is told to stop.</summary>
    public async Task ReadAsync(ChannelWriter<HeldMessage> taken, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var opened = clock.GetTimestamp();
            var code = await EndOfStreamAsync(taken, cancellationToken);
            if (cancellationToken.IsCancellationRequested)
                return;

            state.Consumed(code);
            _failures = code == StatusCode.OK ? 0 : _failures + 1;
            var wait = StreamReconnect.WaitAfter(code, clock.GetElapsedTime(opened), _failures, Random.Shared.NextDouble());
            if (!StreamReconnect.IsHopeful(code))
                Log.Refused(logger, _options.SubscriptionName, code, wait);
            else if (code != StatusCode.OK)
                Log.Lost(logger, code, wait);
            await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<StatusCode> EndOfStreamAsync(ChannelWriter<HeldMessage> taken, CancellationToken cancellationToken)
    {
        try
        {
            await ReadOneAsync(taken, cancellationToken);
            return StatusCode.OK;
        }
        catch (RpcException fault)
        {
            return fault.StatusCode;
        }
        catch (OperationCanceledException)
        {
            return StatusCode.Cancelled;
        }
    }

    private async Task ReadOneAsync(ChannelWriter<HeldMessage> taken, CancellationToken cancellationToken)
    {
        using var abort = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        await using var stopping = cancellationToken.Register(() => abort.CancelAfter(_goodbye));
        using var call = client.Subscriber.StreamingPull(PubSubClient.ForSubscription(_options.SubscriptionName), cancellationToken: abort.Token);
        await call.RequestStream.WriteAsync(
            new StreamingPullRequest
            {
                Subscription = _options.SubscriptionName,
                StreamAckDeadlineSeconds = (int)_options.AckDeadline.TotalSeconds,
                ClientId = _clientId,
                MaxOutstandingMessages = _options.MaxOutstandingMessages,
                MaxOutstandingBytes = _options.MaxOutstandingBytes,
            },
            cancellationToken);

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var keptAlive = KeepAliveAsync(call.RequestStream, ended.Token);
        try
        {
            // Reading no further is what keeps Pub/Sub from sending more than there is room for.
            while (await call.ResponseStream.MoveNext(abort.Token))
            {
                _failures = 0;
                await TakeAsync(call.ResponseStream.Current, taken);
                await held.WhenRoomAsync(cancellationToken);
            }
        }
        finally
        {
            await ended.CancelAsync();
            await keptAlive;
        }
    }

    private async Task TakeAsync(StreamingPullResponse response, ChannelWriter<HeldMessage> taken)
    {
        if (response.ReceivedMessages.Count == 0)
            return;

        metrics.Pulled(response.ReceivedMessages.Count);
        foreach (var received in response.ReceivedMessages)
            held.Add(received.AckId, received.Message.CalculateSize());

        // Its time has been running since Pub/Sub sent it, however long that lay in a buffer.
        await acknowledgements.ExtendAsync([.. response.ReceivedMessages.Select(received => received.AckId)]);
        var now = clock.UtcNow();
        foreach (var received in response.ReceivedMessages)
        {
            var message = received.Message;
            var one = new HeldMessage(received.AckId, message.Data.Length, PubSubMessages.EventsOf(message, now), PubSubMessages.TraceParentOf(message));
            taken.TryWrite(one);
        }
    }

    private async Task KeepAliveAsync(IClientStreamWriter<StreamingPullRequest> requests, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(_settled, clock, cancellationToken);
            state.Consumed(StatusCode.OK);
            while (true)
            {
                await Task.Delay(_keepAlive, clock, cancellationToken);
                await requests.WriteAsync(new StreamingPullRequest(), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            await SayGoodbyeAsync(requests);
        }
        catch (Exception fault) when (fault is RpcException or InvalidOperationException)
        {
            // The stream has ended, and whoever reads it is told why.
        }
    }

    // Without it the emulator goes on sending to a stream that nobody reads.
    private static async Task SayGoodbyeAsync(IClientStreamWriter<StreamingPullRequest> requests)
    {
        try
        {
            await requests.CompleteAsync();
        }
        catch (Exception fault) when (fault is RpcException or InvalidOperationException or OperationCanceledException)
        {
            // Pub/Sub was first.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Lost the stream of messages ({Code}); opening it again in {Wait}")]
        public static partial void Lost(ILogger logger, StatusCode code, TimeSpan wait);

        [LoggerMessage(2, LogLevel.Error, "Pub/Sub refuses to stream {Subscription}: {Code}. Does it exist, without a push endpoint, and may this service account subscribe to it? Trying again in {Wait}")]
        public static partial void Refused(ILogger logger, string subscription, StatusCode code, TimeSpan wait);
    }
}
