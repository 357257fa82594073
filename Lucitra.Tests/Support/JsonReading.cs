using System.Globalization;
using System.Text.Json;

namespace Lucitra.Tests.Support;

/// <summary>Reads answers by the way to a value, such as <c>contacts.nodes.0.email</c>.</summary>
internal static class JsonReading
{
    public static JsonElement At(this JsonElement element, string path) =>
        path.Split('.').Aggregate(element, (at, step) =>
            int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? at[index] : at.GetProperty(step));

    public static string? Text(this JsonElement element, string path) => element.At(path).ToString() is { Length: > 0 } text ? text : null;

    /// <summary>One value of every item of a list; null where the item or the value is null.</summary>
    public static IReadOnlyList<string?> Texts(this JsonElement element, string list, string value) =>
        [.. element.At(list).EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? null : item.Text(value))];

    /// <summary>The code of the only error.</summary>
    public static string? ErrorCode(this JsonElement answer) =>
        Assert.Single(answer.GetProperty("errors").EnumerateArray()).At("extensions.code").GetString();
}
