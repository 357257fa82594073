using Lucitra.Webhooks.Inbox;
using Lucitra.Webhooks.Queue;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks;

/// <summary>
/// Applies deliveries of the queue's table, events that another queue brings, and due events of the inbox. Claim, events, their effects and the
/// end of the claim commit together, so a process killed anywhere loses nothing and applies nothing twice.
/// </summary>
internal sealed partial class EventProcessor(
    InboxTransactions transactions, IOptions<WebhookOptions> options, QueueTelemetry telemetry, TimeProvider clock, ILogger<EventProcessor> logger)
{
    private EventWorkerOptions Limits => options.Value.Worker;

    /// <summary>Applies the oldest deliveries in the queue; false when there are none.</summary>
    public async Task<bool> ProcessQueueAsync(CancellationToken cancellationToken)
    {
        var claimed = new List<(QueuedMessage Message, List<IncomingEvent> Events)>();
        Exception cause;
        try
        {
            return await transactions.RunAsync(ApplyClaimAsync, cancellationToken);
        }
        catch (Exception fault) when (claimed.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
            Log.IsolatedDeliveries(logger, claimed.Count, FaultText.Of(fault), fault.StackTrace);
            cause = fault;
        }

        foreach (var (message, events) in claimed)
        {
            using var processing = telemetry.StartProcessing(QueueLabel.Deliveries, [message.TraceParent]);
            await IsolateAsync(events, claimed.Count == 1 ? cause : null, cancellationToken);
            await transactions.RunAsync(
                (db, _, token) => db.QueuedMessages.Where(queued => queued.Id == message.Id).ExecuteDeleteAsync(token),
                cancellationToken);
            processing.Succeeded();
        }

        return true;

        async Task<bool> ApplyClaimAsync(InboxDbContext db, EventDispatcher dispatcher, CancellationToken token)
        {
            claimed = Bounded(await db.ClaimMessagesAsync(Limits.MessagesPerTransaction, Limits.BytesPerTransaction, token));
            if (claimed.Count == 0)
                return false;

            using var processing = telemetry.StartProcessing(QueueLabel.Deliveries, claimed.ConvertAll(one => one.Message.TraceParent));
            await dispatcher.ApplyAsync([.. claimed.SelectMany(one => one.Events)], token);
            var ids = claimed.ConvertAll(one => one.Message.Id);
            await db.QueuedMessages.Where(message => ids.Contains(message.Id)).ExecuteDeleteAsync(token);

            // The transaction saves before it commits anyhow; here what is written belongs to the span.
            await db.SaveChangesAsync(token);
            processing.Succeeded();
            return true;
        }
    }

    /// <summary>Tries those failed events again whose time has come; false when there are none.</summary>
    public async Task<bool> RetryDueAsync(CancellationToken cancellationToken)
    {
        var due = new List<IncomingEvent>();
        Exception cause;
        try
        {
            return await transactions.RunAsync(
                async (db, dispatcher, token) =>
                {
                    due = (await db.ClaimDueEventsAsync(clock.UtcNow(), Limits.EventsPerTransaction, token)).ConvertAll(IncomingEvent.Of);
                    if (due.Count == 0)
                        return false;

                    using var processing = telemetry.StartProcessing(QueueLabel.Retries, [.. due.Select(_ => (string?)null)]);
                    await dispatcher.ApplyAsync(due, token);
                    await db.SaveChangesAsync(token);
                    processing.Succeeded();
                    return true;
                },
                cancellationToken);
        }
        catch (Exception fault) when (due.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
            Log.IsolatedDueEvents(logger, due.Count, FaultText.Of(fault), fault.StackTrace);
            cause = fault;
        }

        await IsolateAsync(due, cause, cancellationToken);
        return true;
    }

    /// <summary>
    /// Applies events that another queue brought. When it returns, each of them is in the inbox with what became of it; when
    /// it throws, the queue has to bring them again, and those already stored count as repetitions.
    /// </summary>
    public async Task ApplyAsync(List<IncomingEvent> events, CancellationToken cancellationToken)
    {
        if (await TryApplyAsync(events, cancellationToken) is not { } fault)
            return;
        Log.IsolatedEvents(logger, events.Count, FaultText.Of(fault), fault.StackTrace);
        await IsolateAsync(events, fault, cancellationToken);
    }

    // Halves what fails until the failing events stand alone, so that every good neighbour is applied. What is known to
    // have failed by itself is not tried a second time: an attempt is one call of the handler.
    private async Task IsolateAsync(List<IncomingEvent> events, Exception? known, CancellationToken cancellationToken)
    {
        if (events.Count == 0 || (known ?? await TryApplyAsync(events, cancellationToken)) is not { } fault)
            return;
        if (events is [var failed])
        {
            Log.Failed(logger, failed.Key, FaultText.Of(fault), fault.StackTrace);
            await transactions.RunAsync((_, dispatcher, token) => dispatcher.FailAsync(failed, fault, token), cancellationToken);
            return;
        }

        var half = events.Count / 2;
        await IsolateAsync(events[..half], known: null, cancellationToken);
        await IsolateAsync(events[half..], known: null, cancellationToken);
    }

    private async Task<Exception?> TryApplyAsync(List<IncomingEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await transactions.RunAsync((_, dispatcher, token) => dispatcher.ApplyAsync(events, token), cancellationToken);
            return null;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return fault;
        }
    }

    // The first delivery is taken whole, however many events it holds.
    private List<(QueuedMessage Message, List<IncomingEvent> Events)> Bounded(List<QueuedMessage> messages)
    {
        var taken = new List<(QueuedMessage Message, List<IncomingEvent> Events)>();
        var total = 0;
        foreach (var message in messages)
        {
            var events = IncomingEvent.AllOf(message);
            total += events.Count;
            if (taken.Count > 0 && total > Limits.EventsPerTransaction)
                break;
            taken.Add((message, events));
        }

        return taken;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Rolled back {Deliveries} deliveries and applied them event by event: {Fault}\n{StackTrace}")]
        public static partial void IsolatedDeliveries(ILogger logger, int deliveries, string fault, string? stackTrace);

        [LoggerMessage(2, LogLevel.Warning, "Rolled back {Events} due events and applied them one by one: {Fault}\n{StackTrace}")]
        public static partial void IsolatedDueEvents(ILogger logger, int events, string fault, string? stackTrace);

        [LoggerMessage(4, LogLevel.Warning, "Rolled back {Events} events and applied them one by one: {Fault}\n{StackTrace}")]
        public static partial void IsolatedEvents(ILogger logger, int events, string fault, string? stackTrace);

        [LoggerMessage(3, LogLevel.Error, "Failed to apply event {Key}: {Fault}\n{StackTrace}")]
        public static partial void Failed(ILogger logger, string key, string fault, string? stackTrace);
    }
}
