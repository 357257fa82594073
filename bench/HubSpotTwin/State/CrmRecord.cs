using System.Globalization;

namespace Lucitra.Twin.State;

internal sealed record PropertyValue(string Text, long At, Actor By);

/// <summary>A contact or a deal with the history of its properties. Times are milliseconds since 1970.</summary>
internal sealed class CrmRecord(ObjectType type, long id, long createdAt)
{
    private const int KeptVersions = 20;

    private readonly Dictionary<string, List<PropertyValue>> _histories = [];

    public ObjectType Type { get; } = type;

    public long Id { get; } = id;

    public long CreatedAt { get; } = createdAt;

    public long UpdatedAt { get; private set; } = createdAt;

    public long? ArchivedAt { get; private set; }

    /// <summary>The time of the last thing that happened to it, deletion included.</summary>
    public long LastMoment { get; private set; } = createdAt;

    /// <summary>What made it; null where nobody asks.</summary>
    public Actor? CreatedBy { get; set; }

    /// <summary>The ids that merges made names of this record.</summary>
    public List<long> MergedIds { get; } = [];

    public IEnumerable<string> PropertyNames => _histories.Keys;

    /// <summary>A time for the next thing that happens to it: now, but after everything before.</summary>
    public long NextMoment(long now) => Math.Max(now, LastMoment + 1);

    /// <summary>The newest value; null if there never was one, or it was cleared.</summary>
    public string? this[string property] =>
        _histories.TryGetValue(property, out var history) && history[^1].Text.Length > 0 ? history[^1].Text : null;

    /// <summary>Newest first.</summary>
    public IEnumerable<PropertyValue> HistoryOf(string property) =>
        _histories.TryGetValue(property, out var history) ? Enumerable.Reverse(history) : [];

    public void Set(string property, string text, long at, Actor by)
    {
        if (!_histories.TryGetValue(property, out var history))
            _histories[property] = history = [];
        history.Add(new PropertyValue(text, at, by));
        if (history.Count > KeptVersions)
            history.RemoveAt(0);
        Touch(at);
    }

    public void Archive(long at) => (ArchivedAt, LastMoment) = (at, Math.Max(at, LastMoment));

    public void Restore(long at)
    {
        ArchivedAt = null;
        Touch(at);
    }

    /// <summary>Takes what another record has and this one lacks; tells how many values that were.</summary>
    public int TakeMissing(CrmRecord other, long at, Actor by)
    {
        var missing = other.PropertyNames.Where(name => this[name] is null && other[name] is not null).ToList();
        foreach (var name in missing)
            Set(name, other[name]!, at, by);
        return missing.Count;
    }

    public void Touch(long at) => (UpdatedAt, LastMoment) = (Math.Max(at, UpdatedAt), Math.Max(at, LastMoment));

    public static string Iso(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
