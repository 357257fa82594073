using Lucitra.Webhooks.Inbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lucitra.Webhooks;

/// <summary>
/// Runs work in a scope and a write transaction of its own, and again where the database asks for it: a few times after a
/// conflict, for ever after an outage. Any other exception rolls back and is the caller's.
/// </summary>
public sealed partial class InboxTransactions(IServiceScopeFactory scopes, TimeProvider clock, ILogger<InboxTransactions> logger)
{
    private const int MaxConflicts = 10;

    private static readonly TimeSpan _conflictDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _outageDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _maxDelay = TimeSpan.FromSeconds(15);

    internal Task RunAsync(Func<InboxDbContext, EventDispatcher, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        RunAsync(
            async (db, dispatcher, token) =>
            {
                await work(db, dispatcher, token);
                return true;
            },
            cancellationToken);

    internal Task<T> RunAsync<T>(Func<InboxDbContext, EventDispatcher, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(
            (services, token) => work(services.GetRequiredService<InboxDbContext>(), services.GetRequiredService<EventDispatcher>(), token),
            cancellationToken);

    /// <summary>
    /// Runs work with the services of a new scope, whose <see cref="InboxDbContext"/> is in a write transaction; saves and
    /// commits what it did. The work may be run several times and must do the same each time.
    /// </summary>
    public async Task<T> RunAsync<T>(Func<IServiceProvider, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var conflicts = 0;
        var outages = 0;
        while (true)
        {
            TimeSpan wait;
            await using (var scope = scopes.CreateAsyncScope())
            {
                var db = scope.ServiceProvider.GetRequiredService<InboxDbContext>();
                try
                {
                    await using var write = await db.BeginWriteAsync(cancellationToken);
                    var result = await work(scope.ServiceProvider, cancellationToken);
                    await db.SaveChangesAsync(cancellationToken);
                    await write.CommitAsync(cancellationToken);
                    return result;
                }
                catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
                {
                    switch (db.FaultOf(fault))
                    {
                        case DatabaseFault.Conflict when ++conflicts < MaxConflicts:
                            wait = RetrySchedule.WaitAfter(conflicts, _conflictDelay, _maxDelay, Random.Shared.NextDouble());
                            Log.Conflicted(logger, conflicts, FaultText.Of(fault));
                            break;
                        case DatabaseFault.Unavailable:
                            wait = RetrySchedule.WaitAfter(++outages, _outageDelay, _maxDelay, Random.Shared.NextDouble());
                            Log.WasUnavailable(logger, wait, FaultText.Of(fault));
                            break;
                        default:
                            throw;
                    }
                }
            }

            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Transaction met conflict {Conflicts} and is run again: {Fault}")]
        public static partial void Conflicted(ILogger logger, int conflicts, string fault);

        [LoggerMessage(2, LogLevel.Warning, "Database was not available, trying again in {Wait}: {Fault}")]
        public static partial void WasUnavailable(ILogger logger, TimeSpan wait, string fault);
    }
}
