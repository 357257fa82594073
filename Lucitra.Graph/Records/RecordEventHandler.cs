using System.Collections.Frozen;
using System.Globalization;
using Lucitra.Graph.Database;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Lucitra.Graph.Records;

/// <summary>
/// Applies HubSpot's creation, propertyChange and deletion events to one kind of record, in sets: however many events
/// a record gets in one call, it is read once and written once.
/// </summary>
internal abstract class RecordEventHandler<T>(
    LucitraDbContext db,
    RecordJournal journal,
    TimeProvider clock,
    FrozenDictionary<string, PropertyColumn<T>> columns) : IHubSpotEventHandler
    where T : CrmRecord, new()
{
    public abstract string ObjectType { get; }

    public async Task ApplyAsync(IReadOnlyList<InboxEvent> events, CancellationToken cancellationToken)
    {
        var handled = events.Where(IsHandled).ToList();
        var edits = await LoadAsync(handled.Select(e => new RecordKey(e.Fact)).ToHashSet(), cancellationToken);
        foreach (var e in handled)
            Apply(e, edits[new RecordKey(e.Fact)]);

        var records = edits.Values.Distinct().ToList();
        await SettleAsync(records.ConvertAll(edit => edit.Record), cancellationToken);
        await journal.WriteAsync(db, records, cancellationToken);
    }

    /// <summary>Brings what follows from the properties up to date, once all of them are set.</summary>
    protected virtual Task SettleAsync(IReadOnlyList<T> records, CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsHandled(InboxEvent e)
    {
        var reason = e.Fact switch
        {
            { Kind: not (HubSpotEventKinds.Creation or HubSpotEventKinds.PropertyChange or HubSpotEventKinds.Deletion) } => $"UNHANDLED_KIND: {e.Fact.Kind}",
            { ObjectId: null } => "MISSING_MEMBER: objectId",
            { Kind: HubSpotEventKinds.PropertyChange, PropertyName: null } => "MISSING_MEMBER: propertyName",
            { PropertyName: ['$', ..] } => "RESERVED_NAME: no property of HubSpot begins with $",
            { IsRedacted: true } => "REDACTED: HubSpot withholds the value of this property",
            _ => null,
        };
        if (reason is not null)
            e.Ignore(reason);
        return reason is null;
    }

    private static void Apply(InboxEvent e, RecordEdit<T> edit)
    {
        var fact = e.Fact;
        var stamp = new Stamp(fact.OccurredAt, fact.ChangeSource, fact.SourceId, e.Id);
        var applied = fact.Kind switch
        {
            HubSpotEventKinds.Creation => edit.Create(stamp),
            HubSpotEventKinds.Deletion => edit.Archive(stamp),
            _ => edit.Set(fact.PropertyName!, fact.PropertyValue, stamp),
        };
        if (applied)
            e.Apply();
        else
            e.Supersede("SUPERSEDED: a newer fact was applied before");
    }

    private async Task<Dictionary<RecordKey, RecordEdit<T>>> LoadAsync(HashSet<RecordKey> keys, CancellationToken cancellationToken)
    {
        var recordIds = new Dictionary<RecordKey, Guid>();
        foreach (var portal in keys.GroupBy(key => key.PortalId, key => key.ObjectId))
        {
            var objectIds = portal.ToList();
            var aliases = await db.HubSpotRecords
                .Where(alias => alias.PortalId == portal.Key && alias.ObjectType == ObjectType && objectIds.Contains(alias.ObjectId))
                .AsNoTracking()
                .ToListAsync(cancellationToken);
            foreach (var alias in aliases)
                recordIds[new RecordKey(alias.PortalId, alias.ObjectId)] = alias.RecordId;
        }

        var ids = recordIds.Values.Distinct().ToList();
        var edits = await db.Set<T>()
            .Where(record => ids.Contains(record.Id))
            .ToDictionaryAsync(record => record.Id, record => new RecordEdit<T>(record, isNew: false, columns), cancellationToken);

        return keys.ToDictionary(key => key, key => recordIds.TryGetValue(key, out var id) ? edits[id] : Add(key));
    }

    private RecordEdit<T> Add(RecordKey key)
    {
        var record = new T
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            PortalId = key.PortalId,
            HubSpotId = key.ObjectId.ToString(CultureInfo.InvariantCulture),

            // Whatever the clock here says, the earliest of the record's events decides.
            CreatedAt = DateTime.MaxValue,
        };
        db.Add(record);
        db.Add(new HubSpotRecord { PortalId = key.PortalId, ObjectType = ObjectType, ObjectId = key.ObjectId, RecordId = record.Id });
        return new RecordEdit<T>(record, isNew: true, columns);
    }

    private readonly record struct RecordKey(long PortalId, long ObjectId)
    {
        public RecordKey(HubSpotEvent fact)
            : this(fact.PortalId, fact.ObjectId!.Value)
        {
        }
    }
}
