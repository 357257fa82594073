using System.Collections.Concurrent;
using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Webhooks.Inbox;
using Lucitra.Webhooks.Queue;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Lucitra.Graph.Database;

/// <summary>SQLite: one file, one writer at a time, nothing to install.</summary>
internal sealed class SqliteDbContext(DbContextOptions<SqliteDbContext> options) : LucitraDbContext(options)
{
    // More changes than a server can have made between the backup and its loss.
    private const long PositionsLost = 1_000_000_000;

    private const int Busy = 5;
    private const int Locked = 6;
    private const int IoError = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;

    // Writers of this process take turns here, in order and without blocking threads; SQLite's own lock, on which
    // they would spin, is left to other processes.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new();

    public override bool SortsNullsLast => false;

    public override string ExactSum => "ef_sum";

    public override string JsonItems => "json_each";

    protected override string JsonColumnType => "TEXT";

    protected override string CodePointCollation => "BINARY";

    protected override string LockingClause => "";

    public override Task<List<WebhookEvent>> ClaimDueEventsAsync(DateTime now, int limit, CancellationToken cancellationToken) =>
        WebhookEvents
            .Where(e => e.Status == WebhookEventStatus.Received && e.NextAttemptAt <= now)
            .OrderBy(e => e.NextAttemptAt)
            .Take(limit)
            .ToListAsync(cancellationToken);

    /// <summary>Nothing to do: an SQLite file serves one process.</summary>
    public override Task AnnounceAsync(IReadOnlyCollection<string> channels, CancellationToken cancellationToken) => Task.CompletedTask;

    public override async Task AddMessagesAsync(IReadOnlyList<QueuedMessage> messages, CancellationToken cancellationToken)
    {
        await using var write = await BeginWriteAsync(cancellationToken);
        QueuedMessages.AddRange(messages);
        await SaveChangesAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    /// <summary>Transactions commit one after the other, in the order of positions.</summary>
    public override Task<long> FirstOpenTransactionAsync(CancellationToken cancellationToken) => Task.FromResult(long.MaxValue);

    /// <summary>Changes carry no transaction number here, and a file that was put back goes on counting where it ended.</summary>
    public override Task AdoptRestoredChangesAsync(bool always, CancellationToken cancellationToken) => always
        ? Database.ExecuteSqlAsync($"UPDATE sqlite_sequence SET seq = seq + {PositionsLost} WHERE name = 'record_changes'", cancellationToken)
        : Task.CompletedTask;

    public override async Task AloneOnSchemaAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        // EF's own lock is a row, which a killed process leaves behind for ever; this one goes with the process.
        var file = new SqliteConnectionStringBuilder(Database.GetConnectionString()).DataSource;
        await using var turn = await FileTurn.TakeAsync($"{file}-migrate", cancellationToken);
        await Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
        await work();
    }

    /// <summary>Nothing to do: the transaction that writes is the only one.</summary>
    public override Task LockAsync(string key, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing to do, for the same reason.</summary>
    public override Task LockSharedAsync(string key, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<bool> LockToFindAsync(string key, FormattableString query, CancellationToken cancellationToken) =>
        Database.SqlQuery<int>(query).AnyAsync(cancellationToken);

    /// <summary>There is one writer at a time.</summary>
    public override IQueryable<T> Held<T>(Guid id) => Set<T>().Where(record => record.Id == id);

    /// <summary>There is one writer at a time.</summary>
    public override IQueryable<T> HeldAlone<T>(Guid id) => Held<T>(id);

    public override async Task<bool> RunAloneAsync(string key, Func<Task> work, CancellationToken cancellationToken)
    {
        await work();
        return true;
    }

    /// <summary>Nothing to do: the table is one.</summary>
    public override Task AddEventMonthsAsync(DateOnly today, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing to do: the table is one.</summary>
    public override Task<List<string>> DropEventMonthsAsync(
        DateOnly today, IReadOnlyDictionary<WebhookEventStatus, DateTime?> kept, CancellationToken cancellationToken) =>
        Task.FromResult(new List<string>());

    public override Task<long> AddRowsAsync(BulkTable table, CancellationToken cancellationToken) => SqliteBulk.AddAsync(this, table, cancellationToken);

    public override async Task<int> SaveSetsAsync(IReadOnlyCollection<RollupDelta> deltas, CancellationToken cancellationToken)
    {
        await SqliteRollups.AddAsync(this, deltas, cancellationToken);
        return 0;
    }

    public override Task<int> FoldRollupDeltasAsync(int limit, CancellationToken cancellationToken) => SqliteRollups.FoldAsync(this, limit, cancellationToken);

    /// <summary>A reader of the write-ahead log sees the database as it was when it began; it takes no turn and holds up nobody.</summary>
    public override async Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)Database.GetDbConnection();
        return (await Database.UseTransactionAsync(connection.BeginTransaction(deferred: true), cancellationToken))!;
    }

    /// <summary>Nothing to do: the transaction that writes is the only one.</summary>
    public override Task FreezeReadsAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override IQueryable<SearchHit> Search(string table, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return Database.SqlQueryRaw<SearchHit>(NoHits);

        // The limit, which limits nothing, has SQLite search once and not anew for every record.
        var sql = $$"""
            SELECT keys.id AS "Id", -bm25({{table}}_search) AS "Rank"
            FROM {{table}}_search JOIN {{table}}_search_keys AS keys ON keys.key = {{table}}_search.rowid
            WHERE {{table}}_search MATCH {0} LIMIT -1
            """;
        return Database.SqlQueryRaw<SearchHit>(sql, string.Join(' ', words.Select(word => $"\"{word}\"*")));
    }

    public override DatabaseFault FaultOf(Exception exception) => exception switch
    {
        DbUpdateConcurrencyException => DatabaseFault.Conflict,
        DbUpdateException { InnerException: { } inner } => FaultOf(inner),
        SqliteException { SqliteErrorCode: Busy or Locked or IoError or Full or CannotOpen } => DatabaseFault.Unavailable,
        SqliteException { SqliteExtendedErrorCode: 1555 or 2067 } => DatabaseFault.Conflict,
        _ => DatabaseFault.None,
    };

    protected override async Task<IDisposable?> EnterWriteAsync(CancellationToken cancellationToken)
    {
        var turn = _turns.GetOrAdd(Database.GetConnectionString()!, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    protected override void Adapt(IMutableProperty property)
    {
        // SQLite keeps text without a zone; every instant here is UTC.
        if (property.ClrType == typeof(DateTime) || property.ClrType == typeof(DateTime?))
            property.SetValueConverter(new ValueConverter<DateTime, DateTime>(value => value, value => DateTime.SpecifyKind(value, DateTimeKind.Utc)));
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
