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

    /// <summary>The transaction begun by <see cref="BeginWriteAsync"/> and not yet disposed.</summary>
    public WriteTransaction? CurrentWrite { get; private set; }

    /// <summary>Begins a transaction that may write. Dispose it without committing to undo everything.</summary>
    public async Task<WriteTransaction> BeginWriteAsync(CancellationToken cancellationToken)
    {
        var turn = await EnterWriteAsync(cancellationToken);
        try
        {
            var transaction = await Database.BeginTransactionAsync(cancellationToken);
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

    /// <summary>
    /// The oldest queued messages that no other transaction has claimed, at most <paramref name="limit"/>.
    /// The claim lasts as long as the current transaction: a killed process gives it back.
    /// </summary>
    public abstract Task<List<QueuedMessage>> ClaimMessagesAsync(int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Events in status RECEIVED whose next attempt is due at <paramref name="now"/> and that no other
    /// transaction has claimed, oldest due first.
    /// </summary>
    public abstract Task<List<WebhookEvent>> ClaimDueEventsAsync(DateTime now, int limit, CancellationToken cancellationToken);

    /// <summary>Wakes the listeners of <paramref name="channel"/> in other processes when the current transaction commits.</summary>
    public abstract Task AnnounceAsync(string channel, CancellationToken cancellationToken);

    /// <summary>Says what kind of database fault, if any, an exception is.</summary>
    public abstract DatabaseFault FaultOf(Exception exception);

    /// <summary>Waits for this context's turn to write, where the database admits one writer at a time.</summary>
    protected abstract Task<IDisposable?> EnterWriteAsync(CancellationToken cancellationToken);

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(InboxDbContext).Assembly);
}
