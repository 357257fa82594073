using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lucitra.Webhooks.Inbox;

/// <summary>
/// Tells other processes on the database that something was committed. It does so after the commit and on a connection of its
/// own: PostgreSQL lets transactions that announce something commit one at a time, each waiting for the disk. What is announced
/// while another announcement is under way goes out together.
/// </summary>
public sealed partial class Announcements(IServiceScopeFactory scopes, TimeProvider clock, ILogger<Announcements> logger) : IAsyncDisposable
{
    // Every announcement wakes every process.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _due = [];
    private readonly CancellationTokenSource _ending = new();
    private bool _isSending;
    private Task _sending = Task.CompletedTask;

    /// <summary>Wakes the listeners of <paramref name="channel"/> in other processes, soon.</summary>
    public void Announce(string channel)
    {
        lock (_lock)
        {
            _due.Add(channel);
            if (_isSending)
                return;
            _isSending = true;
            _sending = SendAllAsync();
        }
    }

    /// <summary>Waits for what is on its way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _sending;
        _ending.Dispose();
    }

    private async Task SendAllAsync()
    {
        await Task.Yield();
        while (TakeDue() is { Count: > 0 } channels)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<InboxDbContext>().AnnounceAsync(channels, CancellationToken.None);
            }
            catch (Exception fault)
            {
                // Who listens looks by itself, too.
                Log.Unsent(logger, FaultText.Of(fault));
            }

            await Task.Delay(_pause, clock, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private List<string> TakeDue()
    {
        lock (_lock)
        {
            List<string> due = [.. _due];
            _due.Clear();
            _isSending = due.Count > 0;
            return due;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Could not tell other processes of a commit; they look by themselves within a second: {Fault}")]
        public static partial void Unsent(ILogger logger, string fault);
    }
}
