using System.Collections.Frozen;
using Lucitra.Graph.Timeline;

namespace Lucitra.Graph.Records;

/// <summary>
/// Edits one record: the last writer by <see cref="Stamp.At"/> wins per property, whatever the order of arrival, and
/// what changed is remembered for <see cref="RecordChange"/>. Every way a value can get into a record goes through here.
/// </summary>
internal sealed class RecordEdit<T>(T record, bool isNew, FrozenDictionary<string, PropertyColumn<T>> columns)
    where T : CrmRecord
{
    private readonly RecordValues<T> _values = new(record, columns);
    private readonly ChangeDraft _change = new(record, isNew ? RecordChangeKind.Created : RecordChangeKind.Updated);

    public T Record => record;

    public bool IsNew => isNew;

    /// <summary>What was told leaves open what HubSpot's record says, so that it should be read.</summary>
    public bool IsInDoubt { get; private set; }

    /// <summary>Sets a property, or clears it with null. False when a newer value, or an equal one of the same moment, is there.</summary>
    public bool Set(string property, string? text, Stamp stamp)
    {
        Witness(stamp);
        if (record.Stamps.TryGetValue(property, out var current))
        {
            var (before, after) = (_values.Read(property), _values.Canonical(property, text));
            if (stamp.At <= current.Until && current.Source == Stamp.ReadSource && PropertyText.AreEqual(before, after))
            {
                // The read knew the value, the event knows where it came from.
                Put(property, stamp with { AsOf = current.Until });
                return true;
            }

            if (IsRepeated(current, stamp))
                return true;
            if (stamp.At < current.Until || (stamp.At == current.AsOf && before != after))
                return false;

            // Two values of one millisecond have no order of their own: the greater text wins, so that every
            // order of arrival ends in the same state, until HubSpot is asked.
            IsInDoubt |= stamp.At == current.At && before != after;
            if (stamp.At == current.At && string.CompareOrdinal(after, before) <= 0)
                return false;
        }
        else
        {
            // A read that found no value leaves no stamp, and one that did not ask for the property neither.
            IsInDoubt |= stamp.At <= record.HubSpotUpdatedAt;
        }

        Change(property, text, stamp);
        return true;
    }

    /// <summary>Takes the value that a read of HubSpot's record found, which knows every change up to <paramref name="asOf"/>.</summary>
    public void Observe(string property, string? text, DateTime asOf)
    {
        var (before, after) = (_values.Read(property), _values.Canonical(property, text));
        var current = record.Stamps.GetValueOrDefault(property);
        if (current?.Until > asOf || current is { IsUnsent: true } || (current is null && after is null))
            return;

        if (current is not null && PropertyText.AreEqual(before, after))
            record.Stamps = new(record.Stamps) { [property] = current with { AsOf = asOf } };
        else
            Change(property, text, new Stamp(asOf, Stamp.ReadSource, null, null, asOf));
    }

    /// <summary>
    /// Takes HubSpot's word on a value that this server wrote to it. False when something else stands here meanwhile: then the
    /// word counts like any other.
    /// </summary>
    public bool Confirm(string property, string? text, DateTime at)
    {
        if (record.Stamps.GetValueOrDefault(property) is not { Source: Stamp.ApiSource } current)
            return false;
        if (!PropertyText.AreEqual(_values.Read(property), _values.Canonical(property, text)))
            return current.IsUnsent;

        record.Stamps = new(record.Stamps) { [property] = current with { At = at } };
        return true;
    }

    /// <summary>Notes that the record was created. False when an earlier creation is known.</summary>
    public bool Create(Stamp stamp)
    {
        Witness(stamp);
        if (record.Stamps.TryGetValue(LifeStamps.Created, out var current) && current.At <= stamp.At)
            return IsRepeated(current, stamp);

        Put(LifeStamps.Created, stamp);
        return true;
    }

    /// <summary>Archives the record. False when it was archived or restored later than that.</summary>
    public bool Archive(Stamp stamp) => SetArchivedAt(stamp.At, stamp);

    /// <summary>Brings the record back. False when it was archived or restored later than that.</summary>
    public bool Restore(Stamp stamp) => SetArchivedAt(null, stamp);

    /// <summary>Takes over what is known of a record that HubSpot merged into this one, value by value the later.</summary>
    public void Absorb(RecordEdit<T> merged)
    {
        foreach (var (property, stamp) in merged.Record.Stamps.Where(one => one.Key != LifeStamps.Archived))
        {
            if (property == LifeStamps.Created)
                Create(stamp);
            else
                Set(property, merged._values.Read(property), stamp with { AsOf = null });
        }

        WitnessAt(merged.Record.CreatedAt, eventId: null);
    }

    /// <summary>Ends the record: HubSpot merged it into another.</summary>
    public void MergeInto(Guid survivor, Stamp stamp)
    {
        _change.Add("mergedInto", null, survivor.ToString(), stamp.EventId, stamp.At);
        _change.Kind = RecordChangeKind.Merged;
        record.MergedIntoId = survivor;
        record.ArchivedAt ??= stamp.At;
        _change.Touch(stamp);
    }

    /// <summary>Forgets everything that was known of the record but that it was there.</summary>
    public void Erase(Stamp stamp)
    {
        foreach (var property in columns.Keys)
            _values.Write(property, null);
        (record.Properties, record.Stamps, record.PortalId, record.HubSpotId, record.HubSpotUpdatedAt) = ([], [], null, null, null);
        record.ArchivedAt ??= stamp.At;
        _change.Clear();
        _change.Kind = RecordChangeKind.Erased;
        _change.Touch(stamp);
    }

    /// <summary>Notes a change that is no property's, such as a link to another record.</summary>
    public void Note(string field, string? before, string? after, Stamp stamp)
    {
        _change.Add(field, before, after, stamp.EventId, stamp.At);
        _change.Touch(stamp);
    }

    /// <summary>Counts the version up and describes the change; null when nothing visible changed.</summary>
    public RecordChange? Finish(DateTime now) => _change.Finish(now);

    private bool SetArchivedAt(DateTime? at, Stamp stamp)
    {
        Witness(stamp);
        if (record.Stamps.TryGetValue(LifeStamps.Archived, out var current) && stamp.At <= current.At)
            return IsRepeated(current, stamp);

        if (record.ArchivedAt is null != at is null && _change.Kind is not RecordChangeKind.Created)
            _change.Kind = at is null ? RecordChangeKind.Restored : RecordChangeKind.Archived;
        _change.Add("archivedAt", Text(record.ArchivedAt), Text(at), stamp.EventId, stamp.At);
        record.ArchivedAt = at;
        Put(LifeStamps.Archived, stamp);
        return true;
    }

    // An event that is replayed is still the newest word where its own stamp stands.
    private static bool IsRepeated(Stamp current, Stamp stamp) => stamp.EventId is not null && stamp.EventId == current.EventId;

    private static string? Text(DateTime? value) => value is { } instant ? PropertyText.From(instant) : null;

    private void Put(string key, Stamp stamp)
    {
        record.Stamps = new(record.Stamps) { [key] = stamp };
        _change.Touch(stamp);
    }

    /// <summary>Notes a moment at which the record was there: it is as old as the earliest of them.</summary>
    public void Witness(Stamp stamp) => WitnessAt(stamp.At, stamp.EventId);

    private void WitnessAt(DateTime at, Guid? eventId)
    {
        if (at >= record.CreatedAt)
            return;

        if (_change.Kind != RecordChangeKind.Created)
            _change.Add("createdAt", Text(record.CreatedAt), Text(at), eventId, at);
        record.CreatedAt = at;
        _change.Touch();
    }

    private void Change(string property, string? text, Stamp stamp)
    {
        var before = _values.Read(property);
        _values.Write(property, text);
        Put(property, stamp);
        if (_values.Read(property) is var after && before != after)
            _change.Add(property, before, after, stamp.EventId, stamp.At);
    }
}
