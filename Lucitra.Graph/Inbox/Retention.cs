using Lucitra.Graph.Audit;
using Lucitra.Graph.Database;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Graph.Inbox;

/// <summary>
/// Deletes what is past its time, one server at a time and in small transactions, so that applying is not held up; and
/// makes room for the months to come.
/// </summary>
internal sealed partial class Retention(
    IDbContextFactory<LucitraDbContext> contexts,
    IOptions<WebhookOptions> webhooks,
    IOptions<AuditOptions> audit,
    TimeProvider clock,
    ILogger<Retention> logger) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _endedSessions = TimeSpan.FromDays(1);
    private static readonly TimeSpan _longestStart = TimeSpan.FromMinutes(5);

    private RetentionOptions Limits => webhooks.Value.Retention;

    /// <summary>Does all that is to be done now; nothing while another server is at it.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.RunAloneAsync("lucitra:retention", () => SweepAloneAsync(cancellationToken), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Servers that start together need not come together.
        var wait = Random.Shared.NextDouble() * (Limits.Interval < _longestStart ? Limits.Interval : _longestStart);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(wait, clock, stoppingToken);
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, FaultText.Of(fault), fault.StackTrace);
            }

            wait = Limits.Interval;
        }
    }

    private async Task SweepAloneAsync(CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        var kept = new Dictionary<WebhookEventStatus, DateTime?>
        {
            [WebhookEventStatus.Applied] = now - Limits.Applied,
            [WebhookEventStatus.Superseded] = now - Limits.Superseded,
            [WebhookEventStatus.Ignored] = now - Limits.Ignored,
            [WebhookEventStatus.Dead] = now - Limits.Dead,
        };
        await SweepMonthsAsync(now, kept, cancellationToken);

        var events = 0;
        foreach (var (status, since) in kept)
        {
            if (since is { } limit)
                events += await DeleteAsync((db, size) => DeleteEventsAsync(db, status, limit, size, cancellationToken), cancellationToken);
        }

        var keys = await DeleteAsync(
            (db, size) => db.IdempotencyKeys.Where(key => key.ExpiresAt <= now).OrderBy(key => key.ExpiresAt).Take(size).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        var auditLimit = now - audit.Value.Retention;
        var entries = auditLimit is null ? 0 : await DeleteAsync(
            (db, size) => db.AuditEntries.Where(entry => entry.At < auditLimit).OrderBy(entry => entry.At).Take(size).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        await DeleteAsync(
            (db, size) => db.Sessions.Where(session => session.ExpiresAt <= now || session.EndedAt < now - _endedSessions)
                .OrderBy(session => session.Id).Take(size).ExecuteDeleteAsync(cancellationToken),
            cancellationToken);
        if (events + keys + entries > 0)
            Log.Deleted(logger, events, keys, entries);
    }

    private async Task SweepMonthsAsync(DateTime now, Dictionary<WebhookEventStatus, DateTime?> kept, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var today = DateOnly.FromDateTime(now);
        await db.AddEventMonthsAsync(today, cancellationToken);
        foreach (var month in await db.DropEventMonthsAsync(today, kept, cancellationToken))
            Log.Dropped(logger, month);
    }

    private static async Task<int> DeleteEventsAsync(
        LucitraDbContext db, WebhookEventStatus status, DateTime limit, int size, CancellationToken cancellationToken)
    {
        var past = db.WebhookEvents.Where(row => row.Status == status && row.ProcessedAt < limit);
        var ids = await past.OrderBy(row => row.ProcessedAt).Select(row => row.Id).Take(size).ToListAsync(cancellationToken);

        // One that is replayed in between is past its time no more, and then the rest of them wait for the next sweep.
        return await past.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<int> DeleteAsync(Func<LucitraDbContext, int, Task<int>> deleteBatch, CancellationToken cancellationToken)
    {
        for (var total = 0; ;)
        {
            await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
            {
                await using var write = await db.BeginWriteAsync(cancellationToken);
                var deleted = await deleteBatch(db, Limits.BatchSize);
                await write.CommitAsync(cancellationToken);
                total += deleted;
                if (deleted < Limits.BatchSize)
                    return total;
            }

            await Task.Delay(_pause, clock, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Deleted what was past its time: {Events} events, {Keys} idempotency keys, {Entries} audit entries")]
        public static partial void Deleted(ILogger logger, int events, int keys, int entries);

        [LoggerMessage(2, LogLevel.Information, "Dropped {Partition}, in which every event was past its time")]
        public static partial void Dropped(ILogger logger, string partition);

        [LoggerMessage(3, LogLevel.Error, "Could not delete all that is past its time: {Fault}\n{StackTrace}")]
        public static partial void Failed(ILogger logger, string fault, string? stackTrace);
    }
}
