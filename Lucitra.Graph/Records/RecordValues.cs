using System.Collections.Frozen;

namespace Lucitra.Graph.Records;

/// <summary>The property values of one record as text, wherever each is kept: in its column, or in the document of all others.</summary>
internal sealed class RecordValues<T>(T record, FrozenDictionary<string, PropertyColumn<T>> columns)
    where T : CrmRecord
{
    public string? Read(string property) =>
        columns.GetValueOrDefault(property)?.Read(record) ?? record.Properties.GetValueOrDefault(property);

    /// <summary>The text as <see cref="Read"/> would give it back.</summary>
    public string? Canonical(string property, string? text) =>
        string.IsNullOrEmpty(text) ? null : columns.GetValueOrDefault(property)?.Canonical(text) ?? text;

    /// <summary>Keeps a text, or clears it with null or empty text.</summary>
    public void Write(string property, string? text)
    {
        text = string.IsNullOrEmpty(text) ? null : text;
        var taken = columns.GetValueOrDefault(property)?.Write(record, text) ?? false;
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
}
