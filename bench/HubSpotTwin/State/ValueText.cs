using System.Globalization;

namespace Lucitra.Twin.State;

/// <summary>The text of values: kept as the API writes them, told by webhooks in their own way.</summary>
internal static class ValueText
{
    /// <summary>As a webhook writes it: dates are milliseconds, sensitive values are hidden.</summary>
    public static string InWebhook(PropertyDefinition definition, string text)
    {
        if (text.Length == 0)
            return "";
        if (definition.Sensitive)
            return "REDACTED";
        return definition.Type is "date" or "datetime" ? $"{DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds()}" : text;
    }

    /// <summary>The value as it is kept, or the error code for one that the property does not take.</summary>
    public static (string? Text, string? Error) Read(PropertyDefinition definition, string text) => (definition.Type, text) switch
    {
        (_, "") => ("", null),
        ("number", _) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? (text, null) : (null, "INVALID_NUMBER"),
        ("date", _) => Moment(text) is { } at && at.TimeOfDay == TimeSpan.Zero
            ? (at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null)
            : (null, "INVALID_DATE"),
        ("datetime", _) => Moment(text) is { } at ? (CrmRecord.Iso(at.ToUnixTimeMilliseconds()), null) : (null, "INVALID_DATE"),
        ("enumeration", _) => Allows(definition, text) ? (text, null) : (null, "INVALID_OPTION"),
        _ when definition.Name == "email" => IsEmail(text) ? (text, null) : (null, "INVALID_EMAIL"),
        _ when text.Length > 65_536 => (null, "PROPERTY_VALUE_TOO_LONG"),
        _ => (text, null),
    };

    private static bool Allows(PropertyDefinition definition, string text) => definition.Name switch
    {
        "hubspot_owner_id" => Owner.All.Any(owner => owner.Id == text),
        "pipeline" => Pipeline.All.Any(pipeline => pipeline.Id == text),
        "dealstage" => Pipeline.All.Any(pipeline => pipeline.Stages.Any(stage => stage.Id == text)),
        _ => definition.Options.Contains(text),
    };

    private static bool IsEmail(string text) => text.Count(character => character == '@') == 1 && text[0] != '@' && text[^1] != '@' && !text.Contains(' ');

    private static DateTimeOffset? Moment(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;
    }
}
