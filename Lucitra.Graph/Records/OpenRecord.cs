using Lucitra.Graph.Schema.Mutations;

namespace Lucitra.Graph.Records;

/// <summary>A record opened by a caller of this service: every edit carries the caller's stamp.</summary>
internal sealed class OpenRecord<T>(RecordEdit<T> edit, Stamp now)
    where T : CrmRecord
{
    private readonly HashSet<string> _properties = [];
    private readonly List<(Guid Record, bool IsLinked)> _links = [];
    private bool _isUntouched = true;

    public T Record => edit.Record;

    /// <summary>Nothing was written, not even what was there already.</summary>
    public bool IsUntouched => _isUntouched;

    /// <summary>The properties that were set.</summary>
    public IReadOnlyCollection<string> Properties => _properties;

    /// <summary>The links that came or went.</summary>
    public IReadOnlyList<(Guid Record, bool IsLinked)> Links => _links;

    /// <summary>Sets property values; none of them when one cannot be stored.</summary>
    public ValidationFailedError? Set(params IReadOnlyList<PropertyInput> values)
    {
        var issues = values.Select(IssueWith).OfType<FieldIssue>().ToList();
        if (issues.Count > 0)
            return new ValidationFailedError(issues);

        foreach (var (_, property, text) in values)
        {
            edit.Set(property, string.IsNullOrEmpty(text) ? null : text, StampAfter(property));
            _properties.Add(property);
            _isUntouched = false;
        }

        return null;
    }

    public void Archive() => _isUntouched &= !edit.Archive(StampAfter(LifeStamps.Archived));

    public void Restore() => _isUntouched &= !edit.Restore(StampAfter(LifeStamps.Archived));

    /// <summary>Notes that a link to another record came or went.</summary>
    public void Linked(string field, Guid? before, Guid? after)
    {
        edit.Note(field, before?.ToString(), after?.ToString(), now);
        _links.Add(((after ?? before)!.Value, after is not null));
        _isUntouched = false;
    }

    // Never older than the value it replaces, even if that came from a clock that runs ahead.
    private Stamp StampAfter(string property) =>
        edit.Record.Stamps.TryGetValue(property, out var current) && current.Until >= now.At ? now with { At = current.Until.AddMilliseconds(1) } : now;

    private static FieldIssue? IssueWith(PropertyInput value) => value.Text switch
    {
        null => null,
        { Length: > PropertyColumn.MaxTextLength } => new FieldIssue(value.Field, $"is longer than {PropertyColumn.MaxTextLength} characters"),
        var text when text.Contains('\0', StringComparison.Ordinal) => new FieldIssue(value.Field, "contains the character U+0000, which cannot be stored"),
        _ => null,
    };
}

/// <summary>A property value that a caller gave.</summary>
/// <param name="Field">The field of the input it came in.</param>
/// <param name="Property">HubSpot's internal name of the property.</param>
/// <param name="Text">The text; null or empty clears.</param>
internal sealed record PropertyInput(string Field, string Property, string? Text);
