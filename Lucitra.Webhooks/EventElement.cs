using System.Globalization;
using System.Text.Json;

namespace Lucitra.Webhooks;

/// <summary>
/// The members of one element of a delivery, read leniently: numbers may be text and text may be numbers. What cannot be
/// read counts as missing and leaves a <see cref="Problem"/>, which names the member and never its value.
/// </summary>
internal sealed class EventElement(JsonElement root)
{
    // No name in HubSpot's documentation comes near it; the columns are as long.
    public const int MaxNameLength = 255;

    public string? Problem { get; private set; }

    public void Reject(string problem) => Problem ??= problem;

    public string? Text(string name)
    {
        if (Member(name) is not { } value)
            return null;
        if (TextOf(value) is { } text)
            return text;
        Reject($"{name} is not text, or not valid Unicode");
        return null;
    }

    /// <summary>Text that names something in HubSpot's vocabulary; empty text counts as missing.</summary>
    public string? Name(string name)
    {
        var text = Text(name);
        if (text?.Length > MaxNameLength)
            Reject($"{name} is longer than {MaxNameLength} characters");
        return text is "" ? null : text;
    }

    public long? Integer(string name)
    {
        if (Member(name) is not { } value)
            return null;
        if (IntegerOf(value) is { } integer)
            return integer;
        Reject($"{name} is not an integer of 64 bits");
        return null;
    }

    public long? RequiredInteger(string name)
    {
        var integer = Integer(name);
        if (integer is null)
            Reject($"{name} is missing");
        return integer;
    }

    public List<long> Integers(string name)
    {
        if (Member(name) is not { } list)
            return [];
        if (list.ValueKind == JsonValueKind.Array)
        {
            var integers = list.EnumerateArray().Select(IntegerOf).OfType<long>().ToList();
            if (integers.Count == list.GetArrayLength())
                return integers;
        }

        Reject($"{name} is not an array of integers");
        return [];
    }

    public bool Flag(string name) => Text(name) is "true";

    /// <summary>Text that nothing depends on: null where it cannot be read.</summary>
    public string? TextNote(string name) => Member(name) is { } value ? TextOf(value) : null;

    /// <summary>An integer that nothing depends on: null where it cannot be read.</summary>
    public long? IntegerNote(string name) => Member(name) is { } value ? IntegerOf(value) : null;

    private JsonElement? Member(string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static long? IntegerOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetInt64(out var number) ? number : null,
        JsonValueKind.String => long.TryParse(TextOf(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null,
        _ => null,
    };

    private static string? TextOf(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            return null;
        if (value.ValueKind is not JsonValueKind.String)
            return value.GetRawText();
        try
        {
            return value.GetString()!.Replace('\0', '\uFFFD');
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are not UTF-8.
            return null;
        }
    }
}
