using System.Globalization;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Database;

/// <summary>
/// The monthly partitions of <c>webhook_events</c> on PostgreSQL, by the day of the fact. Days without a partition of
/// their own are in the default partition.
/// </summary>
internal static class PostgresEventMonths
{
    private const string Prefix = "webhook_events_";
    private const string MonthFormat = "yyyy'_'MM";
    private const int MonthsAhead = 2;

    // Deliveries of a month that has just ended still come in.
    private const int DaysUntilSettled = 31;

    // A statement that waits for an exclusive lock holds up everybody behind it.
    private const string ShortWait = "SET LOCAL lock_timeout = '3s'";

    public static async Task AddAsync(PostgresDbContext db, DateOnly today, CancellationToken cancellationToken)
    {
        var first = new DateOnly(today.Year, today.Month, 1);
        var present = await PartitionsAsync(db, cancellationToken);
        for (var ahead = 0; ahead <= MonthsAhead; ahead++)
        {
            var month = first.AddMonths(ahead);
            if (present.Contains(Prefix + month.ToString(MonthFormat, CultureInfo.InvariantCulture)))
                continue;
            await using var write = await db.BeginWriteAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync(ShortWait, cancellationToken);
            await db.LockAsync("webhook_events:months", cancellationToken);
            await db.Database.ExecuteSqlAsync($"SELECT lucitra_add_event_month({month})", cancellationToken);
            await write.CommitAsync(cancellationToken);
        }
    }

    public static async Task<List<string>> DropAsync(
        PostgresDbContext db, DateOnly today, IReadOnlyDictionary<WebhookEventStatus, DateTime?> kept, CancellationToken cancellationToken)
    {
        var dropped = new List<string>();
        foreach (var partition in await PartitionsAsync(db, cancellationToken))
        {
            if (!IsSettled(partition, today) || await HoldsKeptAsync(db, partition, kept, cancellationToken))
                continue;

            await using var write = await db.BeginWriteAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync(ShortWait, cancellationToken);
            await ExecuteAsync(db, $"ALTER TABLE webhook_events DETACH PARTITION {partition}", cancellationToken);

            // Nobody writes into it from here on; an event that came in since it was looked at keeps it.
            if (await HoldsKeptAsync(db, partition, kept, cancellationToken))
                continue;
            await ExecuteAsync(db, $"DROP TABLE {partition}", cancellationToken);
            await write.CommitAsync(cancellationToken);
            dropped.Add(partition);
        }

        return dropped;
    }

    private static Task<List<string>> PartitionsAsync(PostgresDbContext db, CancellationToken cancellationToken) =>
        db.Database
            .SqlQuery<string>($"""
                SELECT partition.relname::text AS "Value" FROM pg_inherits JOIN pg_class partition ON partition.oid = inhrelid
                WHERE inhparent = 'webhook_events'::regclass ORDER BY 1
                """)
            .ToListAsync(cancellationToken);

    private static bool IsSettled(string partition, DateOnly today) =>
        DateOnly.TryParseExact(partition[Prefix.Length..], MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
        && month.AddMonths(1).AddDays(DaysUntilSettled) <= today;

    // One look into an index for each status, where the complement of what is past its time would be a scan.
    private static async Task<bool> HoldsKeptAsync(
        PostgresDbContext db, string partition, IReadOnlyDictionary<WebhookEventStatus, DateTime?> kept, CancellationToken cancellationToken)
    {
        foreach (var status in Enum.GetValues<WebhookEventStatus>())
        {
            var text = status.ToString().ToUpperInvariant();
            var since = kept.GetValueOrDefault(status);
            var condition = since is null ? "status = {0}" : "status = {0} AND processed_at >= {1}";
            var look = $"""SELECT EXISTS (SELECT FROM {partition} WHERE {condition}) AS "Value" """;
            if (await db.Database.SqlQueryRaw<bool>(look, since is null ? [text] : [text, since]).SingleAsync(cancellationToken))
                return true;
        }

        return false;
    }

    // Names come from the catalogue; a statement that defines tables takes no parameters.
    private static Task<int> ExecuteAsync(PostgresDbContext db, string statement, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync(statement, cancellationToken);
}
