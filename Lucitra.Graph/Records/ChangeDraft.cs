using Lucitra.Graph.Timeline;

namespace Lucitra.Graph.Records;

/// <summary>What an edit has changed so far, on its way to become one <see cref="RecordChange"/>.</summary>
internal sealed class ChangeDraft(CrmRecord record, RecordChangeKind kind)
{
    private readonly List<FieldChange> _fields = [];
    private bool _touched;
    private Stamp? _latest;

    /// <summary>What the edit does to the record as a whole.</summary>
    public RecordChangeKind Kind { get; set; } = kind;

    /// <summary>Notes that a field changed, and when.</summary>
    public void Add(string field, string? before, string? after, Guid? eventId, DateTime at) => _fields.Add(new FieldChange(field, before, after, eventId, at));

    /// <summary>Forgets the fields: their values may not be told.</summary>
    public void Clear() => _fields.Clear();

    /// <summary>Notes that the record is another one now, even where nobody sees it.</summary>
    public void Touch() => _touched = true;

    /// <summary>Notes the same, and by what; the latest is named as the cause of the change.</summary>
    public void Touch(Stamp stamp)
    {
        _touched = true;
        if (_latest is null || stamp.At >= _latest.At)
            _latest = stamp;
    }

    /// <summary>Counts the version up and describes the change; null when nothing visible changed.</summary>
    public RecordChange? Finish(DateTime now)
    {
        if (!_touched && Kind != RecordChangeKind.Created)
            return null;

        record.Version++;
        record.UpdatedAt = now;
        if (_fields.Count == 0 && Kind is not (RecordChangeKind.Created or RecordChangeKind.Erased))
            return null;

        var occurredAt = _latest?.At ?? now;
        return new RecordChange
        {
            RecordType = record.GetType().Name,
            RecordId = record.Id,
            Kind = Kind,
            Fields = _fields.ConvertAll(field => field.At < occurredAt ? field : field with { At = null }),
            Source = _latest?.Source,
            SourceId = _latest?.SourceId,
            Version = record.Version,
            OccurredAt = occurredAt,
            RecordedAt = now,
        };
    }
}
