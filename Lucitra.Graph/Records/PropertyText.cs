using System.Globalization;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Records;

/// <summary>
/// HubSpot's text forms of values. Webhooks send dates as epoch milliseconds and the CRM API as ISO 8601; both are
/// taken everywhere.
/// </summary>
internal static class PropertyText
{
    private const string Iso = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    private const NumberStyles Number =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent
        | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    /// <summary>Whether a text is short enough and has no U+0000, which PostgreSQL cannot store.</summary>
    public static bool IsStorable(string text, int maxLength) => text.Length <= maxLength && !text.Contains('\0', StringComparison.Ordinal);

    /// <summary>An exact decimal; group separators and anything else that is no number give null.</summary>
    public static decimal? ToDecimal(string text) =>
        decimal.TryParse(text, Number, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Without trailing zeros, which one database keeps and the other does not.</summary>
    public static string From(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>The instant in UTC, to the microsecond; null when the text is neither epoch milliseconds nor ISO 8601.</summary>
    public static DateTime? ToInstant(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
        {
            var inRange = milliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
                && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
            return inRange ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime : null;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, Utc, out var value) && text.Length >= "2026-12-31".Length
            ? UtcTime.Truncate(value)
            : null;
    }

    /// <summary>The instant as HubSpot keeps it: to the millisecond.</summary>
    public static string FromToMillisecond(DateTime value) => From(value.AddTicks(-(value.Ticks % TimeSpan.TicksPerMillisecond)));

    public static string From(DateTime value) => value.ToString(Iso, CultureInfo.InvariantCulture);

    /// <summary>
    /// Whether two texts are one value: webhooks tell an instant as milliseconds where the CRM API writes it out, with or
    /// without a fraction.
    /// </summary>
    public static bool AreEqual(string? one, string? other)
    {
        if (one is null || other is null || one == other)
            return one == other;
        return (IsWrittenOut(one) || IsWrittenOut(other)) && ToInstant(one) is { } instant && instant == ToInstant(other);
    }

    /// <summary>Whether a text may be an instant in ISO 8601.</summary>
    public static bool IsWrittenOut(string text) => text.Length >= "2026-12-31".Length && text[4] == '-';
}
