using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks.Queue.PubSub;

/// <summary>
/// Applies what comes over the stream, one transaction after the other, and acknowledges after the commit. Told to stop, it
/// gives back what it has not begun and finishes what it has.
/// </summary>
internal sealed partial class PubSubWorker(
    MessageStream stream,
    HeldMessages held,
    Acknowledgements acknowledgements,
    EventProcessor processor,
    QueueTelemetry telemetry,
    IOptions<QueueOptions> queue,
    IOptions<WebhookOptions> webhooks,
    IOptions<HostOptions> host,
    TimeProvider clock,
    ILogger<PubSubWorker> logger) : BackgroundService
{
    // For the acknowledgements that follow what is being applied.
    private static readonly TimeSpan _timeToTell = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _shortestFinish = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestLease = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan _leaseMargin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _shortestLease = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(30);

    private readonly Channel<HeldMessage> _taken = Channel.CreateUnbounded<HeldMessage>();

    private TimeSpan AckDeadline => queue.Value.PubSub.AckDeadline;

    private TimeSpan TimeToFinish =>
        host.Value.ShutdownTimeout - _timeToTell is var time && time > _shortestFinish ? time : _shortestFinish;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var finish = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var applied = new CancellationTokenSource();
        await using var stopping = stoppingToken.Register(() => finish.CancelAfter(TimeToFinish));

        var reading = stream.ReadAsync(_taken.Writer, stoppingToken);
        var extending = ExtendAsync(applied.Token);
        await ApplyAsync(finish.Token, stoppingToken);
        await reading;
        await GiveBackAsync(TakeAll());
        await applied.CancelAsync();
        await extending;
    }

    private async Task ApplyAsync(CancellationToken finish, CancellationToken stopping)
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await _taken.Reader.WaitToReadAsync(stopping);
                failures = await TryApplyAsync(TakeSome(), finish) ? 0 : failures + 1;
                if (failures > 0)
                    await Task.Delay(RetrySchedule.WaitAfter(failures, _firstPause, _longestPause, Random.Shared.NextDouble()), clock, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
            }
        }
    }

    private async Task<bool> TryApplyAsync(List<HeldMessage> messages, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AckDeadline / 2, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var processing = telemetry.StartProcessing(QueueLabel.Topic(queue.Value.PubSub.Topic), messages.ConvertAll(message => message.TraceParent));
        try
        {
            await processor.ApplyAsync([.. messages.SelectMany(message => message.Events)], either.Token);
        }
        catch (Exception fault)
        {
            processing.Failed(fault);
            Log.NotStored(logger, messages.Count, FaultText.Of(fault));
            await GiveBackAsync(messages);
            return false;
        }

        processing.Succeeded();
        await acknowledgements.AckAsync(IdsOf(messages));
        held.Remove(IdsOf(messages));
        return true;
    }

    private async Task GiveBackAsync(List<HeldMessage> messages)
    {
        await acknowledgements.NackAsync(IdsOf(messages));
        held.Remove(IdsOf(messages));
    }

    // What is held for longer than an hour is somebody else's: Pub/Sub delivers it again.
    private async Task ExtendAsync(CancellationToken cancellationToken)
    {
        var early = AckDeadline - _leaseMargin;
        var interval = early < _shortestLease ? _shortestLease : early;
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(interval, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!cancellationToken.IsCancellationRequested)
                await acknowledgements.ExtendAsync(held.TakenAfter(clock.UtcNow() - _longestLease));
        }
    }

    // The first message is taken whole, however much it holds.
    private List<HeldMessage> TakeSome()
    {
        var limits = webhooks.Value.Worker;
        var (taken, events, bytes) = (new List<HeldMessage>(), 0, 0L);
        while (_taken.Reader.TryPeek(out var next))
        {
            events += next.Events.Count;
            bytes += next.Bytes;
            if (taken.Count > 0 && (events > limits.EventsPerTransaction || bytes > limits.BytesPerTransaction))
                break;
            _taken.Reader.TryRead(out _);
            taken.Add(next);
        }

        return taken;
    }

    private List<HeldMessage> TakeAll()
    {
        var all = new List<HeldMessage>();
        while (_taken.Reader.TryRead(out var next))
            all.Add(next);
        return all;
    }

    private static List<string> IdsOf(List<HeldMessage> messages) => messages.ConvertAll(message => message.AckId);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Could not store the events of {Messages} messages and gave them back: {Fault}")]
        public static partial void NotStored(ILogger logger, int messages, string fault);
    }
}
