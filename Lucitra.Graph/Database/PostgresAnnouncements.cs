using Lucitra.Graph.Timeline;
using Lucitra.Webhooks.Queue;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Lucitra.Graph.Database;

/// <summary>
/// Listens for what other processes on the same database announce, and wakes who waits for it here. A lost connection
/// costs promptness only: the worker and the change feed also look by themselves, once a second.
/// </summary>
internal sealed partial class PostgresAnnouncements(
    IDbContextFactory<LucitraDbContext> contexts,
    QueueSignal queue,
    ChangeSignal changes,
    TimeProvider clock,
    ILogger<PostgresAnnouncements> logger) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Lost(logger, exception.GetType().Name, _pause);
                await Task.Delay(_pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        connection.Notification += (_, announcement) => Wake(announcement.Channel);
        await db.Database.ExecuteSqlRawAsync($"LISTEN {QueueSignal.AnnouncementChannel}; LISTEN {ChangeSignal.AnnouncementChannel}", cancellationToken);

        // What was announced before this connection listened was announced to nobody.
        queue.Pulse();
        changes.Pulse();
        while (true)
            await connection.WaitAsync(cancellationToken);
    }

    private void Wake(string channel)
    {
        if (channel == QueueSignal.AnnouncementChannel)
            queue.Pulse();
        else
            changes.Pulse();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Lost the connection that hears other processes ({Fault}); listening again in {Pause}")]
        public static partial void Lost(ILogger logger, string fault, TimeSpan pause);
    }
}
