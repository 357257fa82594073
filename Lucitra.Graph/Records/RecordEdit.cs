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
    private readonly List<FieldChange> _changes = [];
    private RecordChangeKind _kind = isNew ? RecordChangeKind.Created : RecordChangeKind.Updated;
    private bool _touched;
    private Stamp? _latest;

    public T Record => record;

    /// <summary>Sets a property, or clears it with null. False when a newer value, or an equal one of the same moment, is there.</summary>
    public bool Set(string property, string? text, Stamp stamp)
    {
        Witness(stamp);
        var column = columns.GetValueOrDefault(property);
        var before = ReadText(property, column);
        var after = text is null ? null : column?.Canonical(text) ?? text;

        // Two values of one millisecond have no order of their own: the greater text wins, so that every
        // order of arrival ends in the same state.
        if (record.Stamps.TryGetValue(property, out var current) && IsRepeated(current, stamp))
            return true;
        if (current is not null
            && (stamp.At < current.At || (stamp.At == current.At && string.CompareOrdinal(after, before) <= 0)))
            return false;

        Write(property, text, column);
        Put(property, stamp);
        if (before != after)
            _changes.Add(new FieldChange(property, before, after, stamp.EventId));
        return true;
    }

    /// <summary>Notes that the record was created. False when an earlier creation is known.</summary>
    public bool Create(Stamp stamp)
    {
        Witness(stamp);
        if (record.Stamps.TryGetValue(RecordEdit.Created, out var current) && current.At <= stamp.At)
            return IsRepeated(current, stamp);

        Put(RecordEdit.Created, stamp);
        return true;
    }

    /// <summary>Archives the record. False when it was archived or restored later than that.</summary>
    public bool Archive(Stamp stamp) => SetArchivedAt(stamp.At, stamp);

    /// <summary>Brings the record back. False when it was archived or restored later than that.</summary>
    public bool Restore(Stamp stamp) => SetArchivedAt(null, stamp);

    /// <summary>Notes a change that is no property's, such as a link to another record.</summary>
    public void Note(string field, string? before, string? after, Stamp stamp)
    {
        _changes.Add(new FieldChange(field, before, after, stamp.EventId));
        Touch(stamp);
    }

    /// <summary>
    /// A stamp for a write made here and now: never older than the value it replaces, even if that came from a clock that
    /// runs ahead.
    /// </summary>
    public Stamp StampAfter(string property, Stamp now) =>
        record.Stamps.TryGetValue(property, out var current) && current.At >= now.At ? now with { At = current.At.AddMilliseconds(1) } : now;

    /// <summary>Counts the version up and describes the change; null when nothing visible changed.</summary>
    public RecordChange? Finish(DateTime now)
    {
        if (!_touched && _kind != RecordChangeKind.Created)
            return null;

        record.Version++;
        record.UpdatedAt = now;
        if (_changes.Count == 0 && _kind != RecordChangeKind.Created)
            return null;

        return new RecordChange
        {
            RecordType = typeof(T).Name,
            RecordId = record.Id,
            Kind = _kind,
            Fields = _changes,
            Source = _latest?.Source,
            SourceId = _latest?.SourceId,
            Version = record.Version,
            OccurredAt = _latest?.At ?? now,
            RecordedAt = now,
        };
    }

    private bool SetArchivedAt(DateTime? at, Stamp stamp)
    {
        Witness(stamp);
        if (record.Stamps.TryGetValue(RecordEdit.Archived, out var current) && stamp.At <= current.At)
            return IsRepeated(current, stamp);

        if (record.ArchivedAt is null != at is null && _kind is not RecordChangeKind.Created)
            _kind = at is null ? RecordChangeKind.Restored : RecordChangeKind.Archived;
        _changes.Add(new FieldChange("archivedAt", Text(record.ArchivedAt), Text(at), stamp.EventId));
        record.ArchivedAt = at;
        Put(RecordEdit.Archived, stamp);
        return true;
    }

    // An event that is replayed is still the newest word where its own stamp stands.
    private static bool IsRepeated(Stamp current, Stamp stamp) => stamp.EventId is not null && stamp.EventId == current.EventId;

    private static string? Text(DateTime? value) => value is { } instant ? PropertyText.From(instant) : null;

    private string? ReadText(string property, PropertyColumn<T>? column) =>
        column?.Read(record) ?? record.Properties.GetValueOrDefault(property);

    private void Write(string property, string? text, PropertyColumn<T>? column)
    {
        var taken = column is not null && column.Write(record, text);
        var kept = taken ? null : text;
        if (record.Properties.GetValueOrDefault(property) == kept)
            return;

        var properties = new Dictionary<string, string>(record.Properties);
        if (kept is null)
            properties.Remove(property);
        else
            properties[property] = kept;
        record.Properties = properties;
    }

    private void Put(string key, Stamp stamp)
    {
        record.Stamps = new(record.Stamps) { [key] = stamp };
        Touch(stamp);
    }

    private void Touch(Stamp stamp)
    {
        _touched = true;
        if (_latest is null || stamp.At >= _latest.At)
            _latest = stamp;
    }

    private void Witness(Stamp stamp)
    {
        if (stamp.At >= record.CreatedAt)
            return;

        if (_kind != RecordChangeKind.Created)
            _changes.Add(new FieldChange("createdAt", Text(record.CreatedAt), Text(stamp.At), stamp.EventId));
        record.CreatedAt = stamp.At;
        _touched = true;
    }
}

/// <summary>Stamps that belong to a record's life, not to a property. No HubSpot property name starts so.</summary>
internal static class RecordEdit
{
    public const string Created = "$created";
    public const string Archived = "$archived";
}
