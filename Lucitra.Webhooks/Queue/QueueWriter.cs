using System.Diagnostics;
using Lucitra.Webhooks.Inbox;
using Microsoft.Extensions.DependencyInjection;

namespace Lucitra.Webhooks.Queue;

/// <summary>
/// Writes deliveries into the table of the queue. Those that come while others are being written are written together: a
/// database makes many rows durable in the time of one. None waits for others to come.
/// </summary>
internal sealed class QueueWriter(IServiceScopeFactory scopes, QueueSignal signal, Announcements announcements, TimeProvider clock)
{
    private const int MaxDeliveries = 256;
    private const int MaxBytes = 16 * 1024 * 1024;

    // While one group waits for the disk, the next is on its way there.
    private const int MaxWriters = 2;

    // Nobody waits longer for one.
    private static readonly TimeSpan _longestWrite = TimeSpan.FromSeconds(4);

    private readonly Lock _lock = new();
    private readonly LinkedList<WaitingDelivery> _waiting = new();
    private int _writers;

    /// <summary>Returns when the delivery is durable; throws when it is not, or may not be.</summary>
    public async Task WriteAsync(QueuedMessage message, CancellationToken cancellationToken)
    {
        var delivery = new WaitingDelivery(message, Activity.Current);
        var node = new LinkedListNode<WaitingDelivery>(delivery);
        if (Join(node))
            _ = WriteGroupsAsync();
        try
        {
            if (await delivery.Written.Task.WaitAsync(cancellationToken) is { } fault)
                throw new QueueWriteException(fault);
        }
        finally
        {
            Leave(node);
        }
    }

    // True for who has to see to it that it is written.
    private bool Join(LinkedListNode<WaitingDelivery> node)
    {
        lock (_lock)
        {
            _waiting.AddLast(node);
            if (_writers == MaxWriters)
                return false;
            _writers++;
            return true;
        }
    }

    // Who gives up is not written any more, if there is still time.
    private void Leave(LinkedListNode<WaitingDelivery> node)
    {
        lock (_lock)
        {
            if (node.List is not null)
                _waiting.Remove(node);
        }
    }

    private async Task WriteGroupsAsync()
    {
        while (TakeGroup() is { Count: > 0 } group)
        {
            var fault = await WriteAsync(group);
            foreach (var delivery in group)
                delivery.Written.SetResult(fault);
        }
    }

    private List<WaitingDelivery> TakeGroup()
    {
        lock (_lock)
        {
            var group = new List<WaitingDelivery>();
            long bytes = 0;
            while (_waiting.First is { } first && group.Count < MaxDeliveries)
            {
                bytes += first.Value.Message.Body.Length;
                if (group.Count > 0 && bytes > MaxBytes)
                    break;
                _waiting.RemoveFirst();
                group.Add(first.Value);
            }

            if (group.Count == 0)
                _writers--;
            return group;
        }
    }

    private async Task<Exception?> WriteAsync(List<WaitingDelivery> group)
    {
        try
        {
            // The statement belongs to one trace at most.
            Activity.Current = group[0].Activity;
            using var limit = new CancellationTokenSource(_longestWrite, clock);
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<InboxDbContext>().AddMessagesAsync(group.ConvertAll(one => one.Message), limit.Token);
            signal.Pulse();
            announcements.Announce(QueueSignal.AnnouncementChannel);
            return null;
        }
        catch (Exception fault)
        {
            // Each of those who wait throws it.
            return fault;
        }
    }

    private sealed record WaitingDelivery(QueuedMessage Message, Activity? Activity)
    {
        // Null when it is durable. Who waits goes on in a thread of its own.
        public TaskCompletionSource<Exception?> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A delivery could not be put into the queue.</summary>
internal sealed class QueueWriteException(Exception cause) : Exception("The delivery could not be written.", cause);
