using System.Data;
using System.Globalization;
using Lucitra.Graph.Analytics.Rollups;
using Lucitra.Graph.Timeline;
using Lucitra.Webhooks.Inbox;
using Lucitra.Webhooks.Queue;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Lucitra.Graph.Database;

/// <summary>PostgreSQL 15 and later: many processes, many writers.</summary>
internal sealed class PostgresDbContext(DbContextOptions<PostgresDbContext> options) : LucitraDbContext(options)
{
    // More transactions than a server can have run between the backup and its loss.
    private const long NumbersLost = 1_000_000_000_000;

    public override bool SortsNullsLast => true;

    public override string ExactSum => "sum";

    public override string JsonItems => "jsonb_array_elements";

    protected override string JsonColumnType => "jsonb";

    protected override string CodePointCollation => "C";

    protected override string LockingClause => "FOR UPDATE SKIP LOCKED";

    public override Task<List<WebhookEvent>> ClaimDueEventsAsync(DateTime now, int limit, CancellationToken cancellationToken) =>
        WebhookEvents
            .FromSql($"""
                SELECT * FROM webhook_events
                WHERE status = 'RECEIVED' AND next_attempt_at <= {now}
                ORDER BY next_attempt_at
                LIMIT {limit}
                FOR UPDATE SKIP LOCKED
                """)
            .ToListAsync(cancellationToken);

    public override Task AnnounceAsync(IReadOnlyCollection<string> channels, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_notify(channel, '') FROM unnest({channels.ToArray()}) AS channel", cancellationToken);

    public override Task AddMessagesAsync(IReadOnlyList<QueuedMessage> messages, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync(
            $"""
            INSERT INTO queued_messages (body, received_at, trace_parent)
            SELECT * FROM unnest({messages.Select(message => message.Body).ToArray()}, {messages.Select(message => message.ReceivedAt).ToArray()}, {messages.Select(message => message.TraceParent).ToArray()})
            """,
            cancellationToken);

    /// <summary>
    /// Transactions of other databases of the cluster do not count, however long they take: none of them can write here.
    /// Call it outside of a transaction.
    /// </summary>
    /// <remarks>
    /// A transaction of this database below the answer has surely ended: it is below the snapshot's xmax, so it had ended
    /// when the snapshot was taken or is listed as open, and a listed one counts unless its number is that of a session of
    /// another database. Such a session is never mistaken: sessions are looked at after the snapshot, so one that has a
    /// listed number then has had it since before the snapshot, and a session stays in one database. What no session has,
    /// prepared transactions and those that have just ended, counts. Listed are numbers of whole transactions, as
    /// <c>pg_current_xact_id</c> gives them to changes, never of savepoints. They are compared by their lower half, which is
    /// unique among open ones. A standby does not list what is open.
    /// </remarks>
    public override Task<long> FirstOpenTransactionAsync(CancellationToken cancellationToken) =>
        Database.SqlQuery<long>($"""
            SELECT coalesce(
                CASE WHEN pg_is_in_recovery() THEN pg_snapshot_xmin(snapshot)::text::bigint ELSE (
                    SELECT min(number::text::bigint) FROM pg_snapshot_xip(snapshot) AS number
                    WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE backend_xid = number::xid AND datname <> current_database())) END,
                pg_snapshot_xmax(snapshot)::text::bigint) + lucitra_transaction_offset() AS "Value"
            FROM pg_current_snapshot() AS snapshot
            """).SingleAsync(cancellationToken);

    public override async Task AdoptRestoredChangesAsync(bool always, CancellationToken cancellationToken)
    {
        var next = await Database.SqlQuery<long>($"""SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS "Value" """).SingleAsync(cancellationToken);
        var offset = await Database.SqlQuery<long>($"""SELECT lucitra_transaction_offset() AS "Value" """).SingleAsync(cancellationToken);
        var last = await RecordChanges.MaxAsync(change => (long?)change.TransactionId, cancellationToken) ?? 0;
        if (!always && last < next + offset)
            return;

        await SetTransactionOffsetAsync(Math.Max(last, next + offset) - next + NumbersLost, cancellationToken);
    }

    public override Task AloneOnSchemaAsync(Func<Task> work, CancellationToken cancellationToken) =>
        PostgresSchemaTurn.RunAsync(this, work, cancellationToken);

    public override Task LockAsync(string key, CancellationToken cancellationToken) => PostgresLocks.TakeAsync(this, key, cancellationToken);

    public override Task LockSharedAsync(string key, CancellationToken cancellationToken) => PostgresLocks.ShareAsync(this, key, cancellationToken);

    public override Task<bool> LockToFindAsync(string key, FormattableString query, CancellationToken cancellationToken) =>
        PostgresLocks.TakeToFindAsync(this, key, query, cancellationToken);

    public override IQueryable<T> Held<T>(Guid id) => Set<T>().FromSqlRaw(RowQuery(typeof(T), "SHARE"), id);

    public override IQueryable<T> HeldAlone<T>(Guid id) => Set<T>().FromSqlRaw(RowQuery(typeof(T), "UPDATE"), id);

    public override Task<bool> RunAloneAsync(string key, Func<Task> work, CancellationToken cancellationToken) =>
        PostgresLocks.RunAloneAsync(this, key, work, cancellationToken);

    public override Task AddEventMonthsAsync(DateOnly today, CancellationToken cancellationToken) =>
        PostgresEventMonths.AddAsync(this, today, cancellationToken);

    public override Task<List<string>> DropEventMonthsAsync(
        DateOnly today, IReadOnlyDictionary<WebhookEventStatus, DateTime?> kept, CancellationToken cancellationToken) =>
        PostgresEventMonths.DropAsync(this, today, kept, cancellationToken);

    public override Task<long> AddRowsAsync(BulkTable table, CancellationToken cancellationToken) => PostgresBulk.AddAsync(this, table, cancellationToken);

    public override Task<int> FoldRollupDeltasAsync(int limit, CancellationToken cancellationToken) => PostgresRollups.FoldAsync(this, limit, cancellationToken);

    public override async Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken)
    {
        var snapshot = await Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

        // Statements over many small sums: compiling them takes longer than running them, and they sort in memory.
        await Database.ExecuteSqlRawAsync("SET LOCAL jit = off; SET LOCAL work_mem = '32MB'", cancellationToken);
        return snapshot;
    }

    public override Task FreezeReadsAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlRawAsync("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", cancellationToken);

    /// <summary>A misspelt word, which is only like one in the record, counts too, after all records that have every word.</summary>
    public override IQueryable<SearchHit> Search(string table, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return Database.SqlQueryRaw<SearchHit>(NoHits);

        var places = Enumerable.Range(0, words.Count).ToList();
        var matches = string.Join(" AND ", places.Select(i => $"(search @@ to_tsquery('simple', {{{i}}} || ':*') OR {{{i}}} <% search_words)"));
        var likeness = string.Join(" + ", places.Select(i => $"word_similarity({{{i}}}, search_words)"));
        var all = $"to_tsquery('simple', {{{words.Count}}})";
        var sql = $"""
            SELECT id AS "Id",
                CASE WHEN search @@ {all} THEN 1 + ts_rank(search, {all})::float8 ELSE ({likeness})::float8 / {words.Count + 1} END AS "Rank"
            FROM {table} WHERE {matches}
            """;
        return Database.SqlQueryRaw<SearchHit>(sql, [.. words, string.Join(" & ", words.Select(word => $"{word}:*"))]);
    }

    public override DatabaseFault FaultOf(Exception exception) => PostgresFaults.Of(exception);

    public override Task<int> SaveSetsAsync(IReadOnlyCollection<RollupDelta> deltas, CancellationToken cancellationToken) =>
        PostgresSets.SaveAsync(this, deltas, cancellationToken);

    /// <summary>Statements that go to the database together, in the current transaction.</summary>
    public NpgsqlBatch NewBatch() => new((NpgsqlConnection)Database.GetDbConnection(), (NpgsqlTransaction?)Database.CurrentTransaction?.GetDbTransaction());

    // A statement that defines a function takes no parameters.
    private Task<int> SetTransactionOffsetAsync(long offset, CancellationToken cancellationToken) => Database.ExecuteSqlRawAsync(
        string.Create(CultureInfo.InvariantCulture, $"""
            CREATE OR REPLACE FUNCTION lucitra_transaction_offset() RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
            AS 'SELECT {offset}::bigint'
            """),
        cancellationToken);

    protected override Task<IDisposable?> EnterWriteAsync(CancellationToken cancellationToken) => Task.FromResult<IDisposable?>(null);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<RecordChange>().Property(change => change.TransactionId)
            .HasDefaultValueSql("(pg_current_xact_id()::text::bigint + lucitra_transaction_offset())")
            .ValueGeneratedOnAdd();
    }

    protected override void Adapt(IMutableProperty property)
    {
        // Sorts and ranges by code point: the same on every server and the same as on SQLite.
        if (property.ClrType == typeof(string) && property.GetColumnType() != JsonColumnType)
            property.SetCollation(CodePointCollation);
    }

    private string RowQuery(Type record, string strength) => $"SELECT * FROM {Model.FindEntityType(record)!.GetTableName()} WHERE id = {{0}} FOR {strength}";
}
