using Lucitra.Webhooks.Erasure;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Lucitra.Webhooks;

/// <summary>
/// Stores events and hands them to the handlers of their object types, within the transaction of its scope. It changes
/// tracked entities and does not save.
/// </summary>
internal sealed class EventDispatcher(
    InboxDbContext db,
    IEnumerable<IHubSpotEventHandler> handlers,
    InboxErasure erasure,
    IOptions<WebhookOptions> options,
    LucitraWebhookMetrics metrics,
    TimeProvider clock)
{
    // Databases limit the parameters of one query.
    private const int KeysPerQuery = 500;

    /// <summary>Applies the events of a delivery that are told for the first time, and stored events that are still due.</summary>
    public async Task ApplyAsync(IReadOnlyList<IncomingEvent> incoming, CancellationToken cancellationToken)
    {
        incoming = await EnterAsync(incoming, cancellationToken);
        var told = await RowsAsync(incoming, cancellationToken);
        var facts = new List<InboxEvent>();
        foreach (var (row, one) in told)
        {
            if (one.IsErased)
                (row.Status, row.Reason) = (WebhookEventStatus.Ignored, InboxErasure.Reason);
            else if (one.Fact is not { } fact)
                (row.Status, row.Reason) = (WebhookEventStatus.Dead, $"MALFORMED: {one.Problem}");
            else if (fact.IsTest)
                (row.Status, row.Reason) = (WebhookEventStatus.Ignored, "TEST_BUTTON: sent from HubSpot's app settings about no record");
            else
                facts.Add(new InboxEvent(row, fact));
        }

        foreach (var group in facts.GroupBy(one => one.Fact.ObjectType))
            await HandleAsync(group.Key, [.. group], cancellationToken);

        foreach (var (row, _) in told.Where(one => one.Row.Status != WebhookEventStatus.Received))
            Finish(row);
        Add(told);
        AfterCommit(() => metrics.Repeated(incoming.Count(one => !one.IsStored) - told.Count(one => !one.Event.IsStored)));
    }

    /// <summary>Stores that applying an event failed, unless another worker has tried it since.</summary>
    public async Task FailAsync(IncomingEvent failed, Exception fault, CancellationToken cancellationToken)
    {
        await erasure.EnterAsync(alone: false, cancellationToken);
        var told = await RowsAsync(WithoutErased([failed], await erasure.FindAsync(NamedObjects(failed), cancellationToken)), cancellationToken);
        foreach (var (row, one) in told)
        {
            if ((one.IsErased ? InboxErasure.Reason : FinalReason(row, fault)) is { } reason)
            {
                (row.Status, row.Reason) = (one.IsErased ? WebhookEventStatus.Ignored : WebhookEventStatus.Dead, reason);
                Finish(row);
                continue;
            }

            var worker = options.Value.Worker;
            row.Attempts++;
            row.Reason = $"FAILED: {FaultText.Of(fault)}";
            var wait = RetrySchedule.WaitAfter(row.Attempts, worker.RetryBaseDelay, worker.RetryMaxDelay, Random.Shared.NextDouble());
            row.NextAttemptAt = UtcTime.Truncate(clock.UtcNow() + wait);
        }

        Add(told);
    }

    private async Task<IReadOnlyList<IncomingEvent>> EnterAsync(IReadOnlyList<IncomingEvent> incoming, CancellationToken cancellationToken)
    {
        var erases = incoming.Any(one => one.Fact?.Kind == HubSpotEventKinds.PrivacyDeletion);
        await erasure.EnterAsync(erases, cancellationToken);
        var erased = await erasure.FindAsync(incoming.SelectMany(NamedObjects), cancellationToken);

        // It tells more ids of the same person.
        if (!erases && incoming.Any(one => one.Fact?.Merge is not null && NamedObjects(one).Any(erased.Contains)))
            await erasure.EnterAsync(alone: true, cancellationToken);
        return WithoutErased(incoming, erased);
    }

    // A merge passes: whatever it names besides is the same person's.
    private IReadOnlyList<IncomingEvent> WithoutErased(IReadOnlyList<IncomingEvent> incoming, HashSet<HubSpotObjectId> erased) => erased.Count == 0
        ? incoming
        : [.. incoming.Select(one => one.Fact is { Merge: null } && NamedObjects(one).Any(erased.Contains) ? one.Erased(erasure.Key(one.Key)) : one)];

    private static bool IsNewMerge(IncomingEvent one) => one is { IsStored: false, Fact.Merge: not null };

    private static IEnumerable<HubSpotObjectId> NamedObjects(IncomingEvent one)
    {
        if (one.Fact is not { } fact)
            yield break;
        if (fact.ObjectId is { } id)
            yield return new HubSpotObjectId(fact.PortalId, fact.ObjectType, id);
        if (fact.Association is { ToObjectType: { } type } link)
            yield return new HubSpotObjectId(fact.PortalId, type, link.ToObjectId);
        foreach (var merged in fact.Merge is { } merge ? merge.Ids : [])
            yield return new HubSpotObjectId(fact.PortalId, fact.ObjectType, merged);
    }

    // Why nobody shall try it again; null when the next attempt may succeed.
    private string? FinalReason(WebhookEvent row, Exception fault)
    {
        if (fault is PermanentEventException)
            return $"REJECTED: {fault.Message}";
        var worker = options.Value.Worker;
        if (row.Attempts + 1 >= worker.MaxAttempts)
            return $"GAVE UP after {worker.MaxAttempts} attempts: {FaultText.Of(fault)}";
        var age = clock.UtcNow() - row.ReceivedAt;
        return age >= worker.MaxAge ? $"GAVE UP after {age:d\\.hh\\:mm\\:ss}: {FaultText.Of(fault)}" : null;
    }

    // New rows for new facts, the stored ones for those tried again, none for what is a repetition or already done.
    private async Task<List<(WebhookEvent Row, IncomingEvent Event)>> RowsAsync(
        IReadOnlyList<IncomingEvent> incoming, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        var told = new List<(WebhookEvent Row, IncomingEvent Event)>();
        if (incoming.Any(IsNewMerge))
            await erasure.LoadSaltAsync(cancellationToken);
        foreach (var chunk in incoming.DistinctBy(one => one.Key).Chunk(KeysPerQuery))
        {
            // A merge that names an erased person is stored under another key than the one it comes with.
            var covered = chunk.Where(IsNewMerge).ToDictionary(one => one.Key, one => erasure.Key(one.Key));
            var keys = chunk.Select(one => one.Key).Concat(covered.Values).ToList();
            var days = chunk.Select(one => one.OccurredOn).Distinct().ToList();
            var stored = await db.WebhookEvents
                .Where(row => keys.Contains(row.Key) && days.Contains(row.OccurredOn))
                .ToDictionaryAsync(row => row.Key, cancellationToken);
            foreach (var one in chunk)
            {
                if (stored.TryGetValue(one.Key, out var row) != one.IsStored || (covered.TryGetValue(one.Key, out var key) && stored.ContainsKey(key)))
                    continue;
                if (row is null)
                    row = one.ToRow(Guid.CreateVersion7(clock.GetUtcNow()));
                else if (row.Status != WebhookEventStatus.Received || row.NextAttemptAt > now)
                    continue;
                told.Add((row, one));
            }
        }

        return told;
    }

    // New rows come last: handlers save, and a row shall be written once, with what became of it.
    private void Add(List<(WebhookEvent Row, IncomingEvent Event)> told)
    {
        var rows = told.Where(one => !one.Event.IsStored).Select(one => one.Row).ToList();
        erasure.Cover(rows);
        db.WebhookEvents.AddRange(rows);
    }

    private async Task HandleAsync(string objectType, List<InboxEvent> events, CancellationToken cancellationToken)
    {
        var handler = handlers.SingleOrDefault(handler => handler.ObjectType == objectType);
        if (handler is not null)
            await handler.ApplyAsync(events, cancellationToken);
        foreach (var one in events.Where(one => !one.HasVerdict))
            one.Ignore(handler is null ? $"UNHANDLED_TYPE: {objectType}" : $"UNHANDLED_KIND: {one.Fact.Kind}");
    }

    private void Finish(WebhookEvent row)
    {
        row.Attempts++;
        row.NextAttemptAt = null;
        row.ProcessedAt = clock.UtcNow();
        AfterCommit(() => metrics.Finished(row));
    }

    private void AfterCommit(Action action) => db.CurrentWrite?.AfterCommit(action);
}
