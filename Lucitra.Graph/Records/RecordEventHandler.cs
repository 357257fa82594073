using System.Collections.Frozen;
using Lucitra.Graph.Database;
using Lucitra.Graph.Links;
using Lucitra.Graph.Sync;
using Lucitra.Graph.WriteBack;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Erasure;
using Lucitra.Webhooks.Inbox;

namespace Lucitra.Graph.Records;

/// <summary>What the handlers of both kinds of record work with.</summary>
internal sealed record RecordEventServices(
    LucitraDbContext Db, RecordJournal Journal, RecordLinks Links, RecordReads Reads, InboxErasure Erasure, OpenCreations Creations, TimeProvider Clock);

/// <summary>
/// Applies HubSpot's events to one kind of record, in sets: however many events a record gets in one call, it is read once
/// and written once.
/// </summary>
internal abstract class RecordEventHandler<T>(RecordEventServices services, FrozenDictionary<string, PropertyColumn<T>> columns) : IHubSpotEventHandler
    where T : CrmRecord, new()
{
    public abstract string ObjectType { get; }

    protected RecordEventServices Services => services;

    public async Task ApplyAsync(IReadOnlyList<InboxEvent> events, CancellationToken cancellationToken)
    {
        foreach (var e in events.Where(e => e.Fact is { IsRedacted: true, ObjectId: not null }))
            services.Reads.AskWithheld(ObjectType, new RecordKey(e.Fact.PortalId, e.Fact.ObjectId!.Value), e.Fact.PropertyName);
        if (events.Where(e => RecordEvents.IsHandled(e, ObjectType)).ToList() is { Count: > 0 } handled)
            await ApplyHandledAsync(handled, cancellationToken);
        await services.Reads.RememberAsync(cancellationToken);
    }

    private async Task ApplyHandledAsync(List<InboxEvent> events, CancellationToken cancellationToken)
    {
        var records = new RecordIdentities<T>(services.Db, ObjectType, columns, services.Clock);
        await records.LoadAsync(events.SelectMany(e => RecordEvents.Names(e.Fact)), cancellationToken);
        var news = new LinkNews(StampOf(events[^1]));
        await services.Creations.PostponeAsync(ObjectType, events, records, cancellationToken);

        foreach (var e in events.Where(e => e.Fact.Merge is not null && !e.HasVerdict))
            await MergeAsync(e, records, news, cancellationToken);
        var erased = await EraseAsync(events, records, cancellationToken);
        foreach (var e in events.Where(e => !e.HasVerdict))
        {
            if (erased.Contains(new RecordKey(e.Fact.PortalId, e.Fact.ObjectId!.Value)))
                e.Ignore(InboxErasure.Reason);
            else
                Apply(e, records, news);
        }

        var edits = records.Edits.ToList();
        await SettleAsync(edits.ConvertAll(edit => edit.Record), cancellationToken);
        services.Journal.Write(services.Db, edits);
        news.Made.AddRange(records.Made.Select(key => (ObjectType, key)));
        if (!news.IsEmpty)
            await services.Db.SaveChangesAsync(cancellationToken);
        await services.Links.SettleAsync(news, cancellationToken);
    }

    /// <summary>Brings what follows from the properties up to date, once all of them are set.</summary>
    protected virtual Task SettleAsync(IReadOnlyList<T> records, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Erases the record of an id for good; gives all ids that stood for it.</summary>
    protected virtual Task<IReadOnlyCollection<RecordKey>> EraseAsync(RecordKey key, RecordEdit<T>? known, Stamp stamp, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"Only people are erased, and a {ObjectType} is none.");

    private void Apply(InboxEvent e, RecordIdentities<T> records, LinkNews news)
    {
        var key = new RecordKey(e.Fact.PortalId, e.Fact.ObjectId!.Value);
        if (e.Fact.Association is { } link)
        {
            Tell(e, link, news);
            return;
        }

        var edit = records.Open(key);
        var isEcho = RecordEvents.IsOwnWrite(e.Fact) && IsEcho(e.Fact, key, edit);
        var isApplied = !isEcho && Apply(e, key, edit);
        if (isEcho)
            e.Supersede(RecordEvents.Echo);
        else if (isApplied)
            e.Apply();
        else if (!e.HasVerdict)
            e.Supersede("SUPERSEDED: a newer fact was applied before");

        // A restored record, or one that changes after its deletion, is in a state that no event tells.
        var isRestored = e.Fact.Kind == HubSpotEventKinds.Restore || (isApplied && e.Fact.Kind == HubSpotEventKinds.PropertyChange && edit.Record.ArchivedAt is not null);
        if (isRestored)
            services.Reads.Ask(ObjectType, records.Current(key), RecordReadParts.Record | RecordReadParts.Links);
        else if (e.Fact.Kind == HubSpotEventKinds.Creation || edit.IsInDoubt)
            services.Reads.Ask(ObjectType, records.Current(key), RecordReadParts.Record);
    }

    /// <summary>Whether the event tells what was written from here, and that still stands here.</summary>
    private static bool IsEcho(HubSpotEvent fact, RecordKey key, RecordEdit<T> edit) => fact.Kind switch
    {
        HubSpotEventKinds.Creation => edit.Record.IsOwn(),
        HubSpotEventKinds.Deletion => edit.Record.HubSpotId == key.HubSpotId && edit.Record.ConfirmArchived(fact.OccurredAt),
        HubSpotEventKinds.PropertyChange => edit.Confirm(fact.PropertyName!, fact.PropertyValue, fact.OccurredAt),
        _ => false,
    };

    private static bool Apply(InboxEvent e, RecordKey key, RecordEdit<T> edit)
    {
        var stamp = StampOf(e);
        switch (e.Fact.Kind)
        {
            case HubSpotEventKinds.Creation:
                return edit.Create(stamp);
            case HubSpotEventKinds.Deletion or HubSpotEventKinds.Restore when edit.Record.HubSpotId != key.HubSpotId:
                // It tells the end of an id, not of the record that took it over.
                edit.Witness(stamp);
                e.Supersede($"MERGED: HubSpot merged this {typeof(T).Name.ToLowerInvariant()} into another");
                return false;
            case HubSpotEventKinds.Deletion:
                return edit.Archive(stamp);
            case HubSpotEventKinds.Restore:
                return edit.Restore(stamp);
            default:
                return edit.Set(e.Fact.PropertyName!, e.Fact.PropertyValue, stamp);
        }
    }

    private void Tell(InboxEvent e, HubSpotAssociation link, LinkNews news)
    {
        var pair = LinkedPair.Of(ObjectType, e.Fact.PortalId, link.FromObjectId, link.ToObjectId);
        news.Told.Add(new ToldLink(e, pair, link.Label ?? "", !link.IsRemoved, e.Fact.OccurredAt));
        services.Reads.Ask(HubSpotObjectTypes.Deal, new RecordKey(pair.PortalId, pair.DealObjectId), RecordReadParts.Links);
    }

    private async Task MergeAsync(InboxEvent e, RecordIdentities<T> records, LinkNews news, CancellationToken cancellationToken)
    {
        var names = RecordEvents.Names(e.Fact).ToList();
        var merge = await records.MergeAsync(names[0], names.Skip(1), StampOf(e), cancellationToken);

        // Also where it is known: the read that told of it need not have known the links, which are those of all the records together.
        services.Reads.Ask(ObjectType, records.Current(names[0]), RecordReadParts.Record | RecordReadParts.Links);
        if (merge is null)
        {
            e.Supersede("SUPERSEDED: this merge is known");
            return;
        }

        e.Apply();
        news.Take(ObjectType, names.Skip(1), merge);
    }

    // A merge that names an erased person tells more ids of the same person.
    private async Task<HashSet<RecordKey>> EraseAsync(List<InboxEvent> events, RecordIdentities<T> records, CancellationToken cancellationToken)
    {
        var merges = events.Where(e => e.Fact.Merge is not null).ToList();
        var known = await services.Erasure.FindAsync(merges.SelectMany(e => RecordEvents.Names(e.Fact)).Select(ObjectIdOf), cancellationToken);
        var erased = new HashSet<RecordKey>();
        foreach (var e in merges.Where(e => RecordEvents.Names(e.Fact).Select(ObjectIdOf).Any(known.Contains)))
        {
            foreach (var key in RecordEvents.Names(e.Fact))
                erased.UnionWith(await EraseAsync(key, records.Find(key), StampOf(e), cancellationToken));
            e.Ignore(InboxErasure.Reason);
        }

        foreach (var e in events.Where(e => e.Fact.Kind == HubSpotEventKinds.PrivacyDeletion))
        {
            var key = new RecordKey(e.Fact.PortalId, e.Fact.ObjectId!.Value);
            erased.UnionWith(await EraseAsync(key, records.Find(key), StampOf(e), cancellationToken));
            e.Apply();
        }

        records.Forget(erased);
        return erased;
    }

    private HubSpotObjectId ObjectIdOf(RecordKey key) => new(key.PortalId, ObjectType, key.ObjectId);

    private static Stamp StampOf(InboxEvent e) => new(e.Fact.OccurredAt, e.Fact.ChangeSource, e.Fact.SourceId, e.Id);
}
