using System.Linq.Expressions;

namespace Lucitra.Graph.Records;

/// <summary>The column that holds one HubSpot property of a record.</summary>
/// <param name="Property">HubSpot's internal name of the property.</param>
/// <param name="Value">The column.</param>
/// <param name="Read">The value as canonical text; null when the column is empty.</param>
/// <param name="Write">Takes the text into the column, or empties it for null; false when the text is not of the column's type.</param>
/// <param name="Canonical">The text as <paramref name="Read"/> would give it back; null when it is not of the column's type.</param>
internal sealed record PropertyColumn<T>(
    string Property,
    LambdaExpression Value,
    Func<T, string?> Read,
    Func<T, string?, bool> Write,
    Func<string, string?> Canonical)
    where T : CrmRecord
{
    public static PropertyColumn<T> Text(string property, Expression<Func<T, string?>> get, Action<T, string?> set, int maxLength = PropertyColumn.MaxTextLength)
    {
        return new(property, get, get.Compile(), Write, text => text.Length <= maxLength ? text : null);

        bool Write(T record, string? text)
        {
            var fits = text is null || text.Length <= maxLength;
            set(record, fits ? text : null);
            return fits;
        }
    }

    public static PropertyColumn<T> Number(string property, Expression<Func<T, decimal?>> get, Action<T, decimal?> set) =>
        Parsed(property, get, set, PropertyText.ToDecimal, PropertyText.From);

    public static PropertyColumn<T> Instant(string property, Expression<Func<T, DateTime?>> get, Action<T, DateTime?> set) =>
        Parsed(property, get, set, PropertyText.ToInstant, PropertyText.From);

    private static PropertyColumn<T> Parsed<TValue>(
        string property,
        Expression<Func<T, TValue?>> get,
        Action<T, TValue?> set,
        Func<string, TValue?> parse,
        Func<TValue, string> format)
        where TValue : struct
    {
        var read = get.Compile();
        return new(property, get, record => read(record) is { } value ? format(value) : null, Write, text => parse(text) is { } value ? format(value) : null);

        bool Write(T record, string? text)
        {
            var value = text is null ? null : parse(text);
            set(record, value);
            return text is null || value is not null;
        }
    }
}

/// <summary>What all columns have in common.</summary>
internal static class PropertyColumn
{
    /// <summary>Longer text than this does not go into a column: columns are indexed, and PostgreSQL limits the size of an index entry.</summary>
    public const int MaxTextLength = 500;
}
