using System.Linq.Expressions;
using Lucitra.Graph.Audit;
using Lucitra.Graph.Database;
using Lucitra.Graph.Schema.Mutations;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Lucitra.Webhooks.Queue;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Inbox;

/// <summary>Which events a command is about, who gave it, and what may still refuse it.</summary>
/// <param name="Filter">Keeps the events that are meant.</param>
/// <param name="Text">The filter in words, for the audit.</param>
/// <param name="Limit">The most events to change; the oldest come first.</param>
/// <param name="Actor">Who gave the command.</param>
/// <param name="Admit">Refuses a number of events, or does not.</param>
internal sealed record EventSelection(
    Func<IQueryable<WebhookEvent>, IQueryable<WebhookEvent>> Filter, string Text, int Limit, string Actor, Func<int, UserError?> Admit);

/// <summary>What came of a command.</summary>
/// <param name="Count">How many events it changed.</param>
/// <param name="HasMore">Whether more events match than the limit let through.</param>
internal sealed record ChangedEvents(int Count, bool HasMore);

/// <summary>Replays and discards events, in sets: all of a call or none, together with its audit entry.</summary>
internal sealed class InboxCommands(IDbContextFactory<LucitraDbContext> contexts, QueueSignal signal, Announcements announcements, AuditLog audit, TimeProvider clock)
{
    private const int MaxTries = 5;

    // Databases limit the parameters of one statement.
    private const int RowsPerStatement = 500;

    /// <summary>Makes every event that has reached a final status due now, as if it had never been tried.</summary>
    public Task<Outcome<ChangedEvents>> ReplayAsync(EventSelection selection, CancellationToken cancellationToken) => RunAsync(
        "webhooks.replay",
        selection,
        Details(selection),
        row => row.Status != WebhookEventStatus.Received,
        (rows, now) => rows.ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Status, WebhookEventStatus.Received)
                .SetProperty(row => row.Attempts, 0)
                .SetProperty(row => row.NextAttemptAt, now)
                .SetProperty(row => row.ProcessedAt, (DateTime?)null)
                .SetProperty(row => row.Reason, (string?)null),
            cancellationToken),
        cancellationToken);

    /// <summary>Has nobody try events again that are DEAD or wait for their next attempt.</summary>
    public Task<Outcome<ChangedEvents>> DiscardAsync(EventSelection selection, string reason, CancellationToken cancellationToken) => RunAsync(
        "webhooks.discard",
        selection,
        new(Details(selection)) { ["reason"] = reason },
        row => row.Status == WebhookEventStatus.Dead || row.Status == WebhookEventStatus.Received,
        (rows, now) => rows.ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Status, WebhookEventStatus.Ignored)
                .SetProperty(row => row.NextAttemptAt, (DateTime?)null)
                .SetProperty(row => row.ProcessedAt, now)
                .SetProperty(row => row.Reason, $"DISCARDED: {reason}"),
            cancellationToken),
        cancellationToken);

    private static Dictionary<string, string> Details(EventSelection selection) =>
        new() { ["where"] = selection.Text, ["limit"] = $"{selection.Limit}" };

    private async Task<Outcome<ChangedEvents>> RunAsync(
        string action,
        EventSelection selection,
        Dictionary<string, string> details,
        Expression<Func<WebhookEvent, bool>> takes,
        Func<IQueryable<WebhookEvent>, DateTime, Task<int>> change,
        CancellationToken cancellationToken)
    {
        var admitted = false;
        for (var tries = 1; ; tries++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var write = await db.BeginWriteAsync(cancellationToken);
            try
            {
                var (ids, hasMore) = await FindAsync(db, selection, takes, cancellationToken);
                if (!admitted && selection.Admit(ids.Count) is { } refused)
                    return refused;

                admitted = true;
                var count = 0;

                // A worker may have taken an event up since it was found, which is why its status is asked for again.
                foreach (var chunk in ids.Chunk(RowsPerStatement))
                    count += await change(db.WebhookEvents.Where(takes).Where(row => chunk.Contains(row.Id)), clock.UtcNow());

                audit.Record(db, action, selection.Actor, "webhook_events", count, details);
                await db.SaveChangesAsync(cancellationToken);
                write.AfterCommit(signal.Pulse);
                write.AfterCommit(() => announcements.Announce(QueueSignal.AnnouncementChannel));
                await write.CommitAsync(cancellationToken);
                return new ChangedEvents(count, hasMore);
            }
            catch (Exception fault) when (tries < MaxTries && db.FaultOf(fault) == DatabaseFault.Conflict)
            {
                // A worker held rows that this held up, and the other way round: one of the two begins anew.
            }
        }
    }

    private static async Task<(List<Guid> Ids, bool HasMore)> FindAsync(
        LucitraDbContext db, EventSelection selection, Expression<Func<WebhookEvent, bool>> takes, CancellationToken cancellationToken)
    {
        var ids = await selection.Filter(db.WebhookEvents.Where(takes))
            .OrderBy(row => row.ReceivedAt).ThenBy(row => row.Id)
            .Select(row => row.Id)
            .Take(selection.Limit + 1)
            .ToListAsync(cancellationToken);
        var hasMore = ids.Count > selection.Limit;
        return (hasMore ? ids[..selection.Limit] : ids, hasMore);
    }
}
