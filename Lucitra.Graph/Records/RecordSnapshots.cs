using System.Collections.Frozen;
using System.Globalization;
using Lucitra.Graph.Links;
using Lucitra.Webhooks;
using Lucitra.Webhooks.Crm;
using Lucitra.Webhooks.Erasure;

namespace Lucitra.Graph.Records;

/// <summary>
/// Takes over what HubSpot's API says of one kind of record, in the transaction of its scope: a snapshot knows everything up
/// to the record's last change, and nothing that came after it. Scoped.
/// </summary>
internal abstract class RecordSnapshots<T>(RecordEventServices services, FrozenDictionary<string, PropertyColumn<T>> columns) : IRecordSnapshots
    where T : CrmRecord, new()
{
    public abstract string ObjectType { get; }

    protected RecordEventServices Services => services;

    public async Task<int> ApplyAsync(RecordSnapshot snapshot, CancellationToken cancellationToken)
    {
        await services.Erasure.EnterAsync(alone: false, cancellationToken);
        snapshot = await WithoutErasedAsync(snapshot, cancellationToken);
        var found = snapshot.Found;
        var merged = snapshot.Merged.Concat(found.SelectMany(one => MergedInto(one, KeyOf(snapshot, one)))).ToList();
        var records = new RecordIdentities<T>(services.Db, ObjectType, columns, services.Clock);
        await records.LoadAsync(
            [.. found.Select(one => KeyOf(snapshot, one)), .. merged.Select(one => one.Merged), .. snapshot.Gone, .. snapshot.Links.Keys], cancellationToken);

        var news = new LinkNews(new Stamp(snapshot.ReadAt, Stamp.ReadSource, null, null));
        foreach (var (into, ids) in merged.GroupBy(one => one.Into, one => one.Merged).ToDictionary(group => group.Key, group => group.ToList()))
        {
            if (found.Any(one => KeyOf(snapshot, one) == into) && await records.MergeAsync(into, ids, news.Stamp, cancellationToken) is { } merge)
                news.Take(ObjectType, ids, merge);
        }

        foreach (var one in found)
            Observe(one, records.Open(KeyOf(snapshot, one)), snapshot);
        foreach (var key in snapshot.Gone)
            records.Find(key)?.Archive(news.Stamp);

        var edits = records.Edits.ToList();
        await SettleAsync(edits.ConvertAll(edit => edit.Record), cancellationToken);
        var changed = services.Journal.Write(services.Db, edits);
        news.Made.AddRange(records.Made.Select(key => (ObjectType, key)));
        news.Read.AddRange(snapshot.Links.Where(one => records.Find(one.Key) is not null).Select(one => (ObjectType, one.Key, one.Value, snapshot.LinksAsOf)));
        if (!news.IsEmpty)
            await services.Db.SaveChangesAsync(cancellationToken);
        await services.Links.SettleAsync(news, cancellationToken);
        return changed;
    }

    /// <summary>Brings what follows from the properties up to date, once all of them are set.</summary>
    protected virtual Task SettleAsync(IReadOnlyList<T> records, CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Observe(HubSpotObject one, RecordEdit<T> edit, RecordSnapshot snapshot)
    {
        edit.Create(new Stamp(one.CreatedAt, Stamp.ReadSource, null, null));
        foreach (var property in snapshot.Properties.Where(property => !OwnProperties.Contains(property)))
            edit.Observe(property, one.Properties.GetValueOrDefault(property), one.UpdatedAt);

        if (one.IsArchived)
            edit.Archive(new Stamp(one.ArchivedAt ?? snapshot.ReadAt, Stamp.ReadSource, null, null));
        else if (edit.Record.ArchivedAt is not null)
            edit.Restore(new Stamp(snapshot.ReadAt, Stamp.ReadSource, null, null));
        if (edit.Record.HubSpotUpdatedAt is not { } known || known < one.UpdatedAt)
            edit.Record.HubSpotUpdatedAt = one.UpdatedAt;
    }

    // HubSpot may have been read before a person was erased.
    private async Task<RecordSnapshot> WithoutErasedAsync(RecordSnapshot snapshot, CancellationToken cancellationToken)
    {
        var others = ObjectType == HubSpotObjectTypes.Deal
            ? snapshot.Links.SelectMany(one => one.Value).Select(other => ObjectIdOf(HubSpotObjectTypes.Contact, other))
            : [];
        var found = snapshot.Found.Select(one => ObjectIdOf(ObjectType, KeyOf(snapshot, one).ObjectId));
        var erased = await services.Erasure.FindAsync(found.Concat(others), cancellationToken);
        return erased.Count == 0 ? snapshot : snapshot with
        {
            Found = [.. snapshot.Found.Where(one => !erased.Contains(ObjectIdOf(ObjectType, KeyOf(snapshot, one).ObjectId)))],
            Links = snapshot.Links.ToDictionary(
                one => one.Key,
                IReadOnlyCollection<long> (one) => [.. one.Value.Where(other => !erased.Contains(ObjectIdOf(HubSpotObjectTypes.Contact, other)))]),
        };

        HubSpotObjectId ObjectIdOf(string objectType, long objectId) => new(snapshot.PortalId, objectType, objectId);
    }

    private static RecordKey KeyOf(RecordSnapshot snapshot, HubSpotObject one) => new(snapshot.PortalId, long.Parse(one.Id, CultureInfo.InvariantCulture));

    private static IEnumerable<(RecordKey Merged, RecordKey Into)> MergedInto(HubSpotObject one, RecordKey into) =>
        (one.Properties.GetValueOrDefault(OwnProperties.MergedIds) ?? "")
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(id => (into with { ObjectId = long.Parse(id, CultureInfo.InvariantCulture) }, into));
}

/// <summary>Takes over what HubSpot's API says of one kind of record.</summary>
internal interface IRecordSnapshots
{
    string ObjectType { get; }

    /// <summary>Takes a snapshot over; says how many records changed by it.</summary>
    Task<int> ApplyAsync(RecordSnapshot snapshot, CancellationToken cancellationToken);
}

/// <summary>Properties by which HubSpot describes a record itself. They are no values of the record here.</summary>
internal static class OwnProperties
{
    /// <summary>The ids that were merged into a record, with semicolons between.</summary>
    public const string MergedIds = "hs_merged_object_ids";

    private static readonly FrozenSet<string> _all = FrozenSet.ToFrozenSet(
        [MergedIds, "hs_object_id", "lastmodifieddate", "hs_lastmodifieddate", "hs_calculated_merged_vids", "hs_updated_by_user_id"]);

    public static bool Contains(string property) => _all.Contains(property);
}
