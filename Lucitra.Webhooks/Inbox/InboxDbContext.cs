using Lucitra.Webhooks.Crm;
using Lucitra.Webhooks.Erasure;
using Lucitra.Webhooks.Queue;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Webhooks.Inbox;

/// <summary>
/// The tables a delivery passes through. The host's context derives from this one, so that an event and
/// everything it changes commit in one transaction. What differs between databases is abstract here.
/// </summary>
public abstract class InboxDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<QueuedMessage> QueuedMessages => Set<QueuedMessage>();

    public DbSet<WebhookEvent> WebhookEvents => Set<WebhookEvent>();

    public DbSet<ErasedObject> ErasedObjects => Set<ErasedObject>();

    public DbSet<ErasureSalt> ErasureSalts => Set<ErasureSalt>();

    public DbSet<HubSpotToken> HubSpotTokens => Set<HubSpotToken>();

    /// <summary>The transaction begun by <see cref="BeginWriteAsync"/> and not yet disposed.</summary>
    public WriteTransaction? CurrentWrite { get; private set; }

    /// <summary>Begins a transaction that may write. Dispose it without committing to undo everything.</summary>
    public async Task<WriteTransaction> BeginWriteAsync(CancellationToken cancellationToken)
    {
        var turn = await EnterWriteAsync(cancellationToken);
        try
        {
            var transaction = await Database.BeginTransactionAsync(cancellationToken);

            // What could not be saved undoes the whole transaction.
            Database.AutoSavepointsEnabled = false;
            return CurrentWrite = new WriteTransaction(transaction, () =>
            {
                CurrentWrite = null;
                turn?.Dispose();
            });
        }
        catch
        {
            turn?.Dispose();
            throw;
        }
    }

    /// <summary>Holds other transactions that ask for the same key until the current one ends.</summary>
    public abstract Task LockAsync(string key, CancellationToken cancellationToken);

    /// <summary>Holds those who ask for the same key alone, and waits for them; others who share it go on.</summary>
    public abstract Task LockSharedAsync(string key, CancellationToken cancellationToken);

    /// <summary>
    /// The oldest queued messages that no other transaction has claimed: at most <paramref name="limit"/>, and
    /// after the first only as many as fit into <paramref name="maxBytes"/> together with it.
    /// The claim lasts as long as the current transaction: a killed process gives it back.
    /// </summary>
    public Task<List<QueuedMessage>> ClaimMessagesAsync(int limit, long maxBytes, CancellationToken cancellationToken) =>
        QueuedMessages.FromSqlRaw(ClaimQuery, limit, maxBytes).AsNoTracking().ToListAsync(cancellationToken);

    /// <summary>
    /// Events in status RECEIVED whose next attempt is due at <paramref name="now"/> and that no other
    /// transaction has claimed, oldest due first.
    /// </summary>
    public abstract Task<List<WebhookEvent>> ClaimDueEventsAsync(DateTime now, int limit, CancellationToken cancellationToken);

    /// <summary>Puts messages into the queue, in their order, and commits them.</summary>
    public abstract Task AddMessagesAsync(IReadOnlyList<QueuedMessage> messages, CancellationToken cancellationToken);

    /// <summary>Wakes the listeners of these channels in other processes. Called outside of a transaction, by <see cref="Announcements"/>.</summary>
    public abstract Task AnnounceAsync(IReadOnlyCollection<string> channels, CancellationToken cancellationToken);

    /// <summary>Says what kind of database fault, if any, an exception is.</summary>
    public abstract DatabaseFault FaultOf(Exception exception);

    /// <summary>Ends a SELECT so that its rows are locked and those locked by others are left out; empty where one transaction writes at a time.</summary>
    protected abstract string LockingClause { get; }

    private string ClaimQuery =>
        $$"""
        WITH claimed AS (SELECT id, octet_length(body) AS bytes FROM queued_messages ORDER BY id LIMIT {0} {{LockingClause}}),
             counted AS (SELECT id, bytes, sum(bytes) OVER (ORDER BY id) AS total FROM claimed)
        SELECT message.* FROM queued_messages AS message JOIN counted ON counted.id = message.id
        WHERE counted.total <= {1} OR counted.total = counted.bytes
        ORDER BY message.id
        """;

    /// <summary>Waits for this context's turn to write, where the database admits one writer at a time.</summary>
    protected abstract Task<IDisposable?> EnterWriteAsync(CancellationToken cancellationToken);

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(InboxDbContext).Assembly);
}
