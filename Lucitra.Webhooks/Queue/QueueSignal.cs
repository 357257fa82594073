using System.Threading.Channels;

namespace Lucitra.Webhooks.Queue;

/// <summary>Wakes the worker of this process as soon as there is something to claim.</summary>
public sealed class QueueSignal(TimeProvider clock)
{
    /// <summary>The channel on which other processes announce new messages.</summary>
    public const string Channel = "lucitra_queue";

    private readonly Channel<bool> _pulses = System.Threading.Channels.Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Pulse() => _pulses.Writer.TryWrite(true);

    /// <summary>Waits for a pulse, at most <paramref name="timeout"/>.</summary>
    public async Task WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await _pulses.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }
}
