using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Lucitra.Graph.Database;

/// <summary>Stores an enum as clients see it in GraphQL: <c>UPPER_SNAKE</c>.</summary>
internal sealed class UpperSnakeConverter<TEnum>() : ValueConverter<TEnum, string>(value => ToText(value), text => ToValue(text))
    where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> _texts =
        Enum.GetValues<TEnum>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString()));

    private static readonly Dictionary<string, TEnum> _values = _texts.ToDictionary(pair => pair.Value, pair => pair.Key);

    private static string ToText(TEnum value) => _texts[value];

    private static TEnum ToValue(string text) => _values[text];
}
