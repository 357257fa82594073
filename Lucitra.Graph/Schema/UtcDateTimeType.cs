using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;
using Lucitra.Webhooks;

namespace Lucitra.Graph.Schema;

/// <summary>
/// The scalar DateTime: an instant as RFC 3339 writes it. Output is UTC with Z; input needs an offset or Z and is kept
/// to the microsecond.
/// </summary>
internal sealed partial class UtcDateTimeType : ScalarGraphType
{
    private const string Output = "yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'";

    public UtcDateTimeType()
    {
        Name = "DateTime";
        Description = "An instant as RFC 3339 writes it, such as `2026-11-23T08:30:00Z`: UTC in answers, any offset in inputs, kept to the microsecond.";
        this.ApplyDirective(SpecifiedByDirective.DirectiveName, SpecifiedByDirective.Url, "https://scalars.graphql.org/chillicream/date-time.html");
    }

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLStringValue text => Parse(text.Value.ToString()) ?? ThrowLiteralConversionError(value),
        GraphQLNullValue => null,
        _ => ThrowLiteralConversionError(value),
    };

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        string text => Parse(text) ?? ThrowValueConversionError(value),
        DateTime instant => instant,
        _ => ThrowValueConversionError(value),
    };

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        DateTime instant => instant.ToString(Output, CultureInfo.InvariantCulture),
        _ => ThrowSerializationError(value),
    };

    /// <summary>Writes an instant as answers have it.</summary>
    public static void Write(Utf8JsonWriter writer, DateTime instant)
    {
        // The round-trip format has ticks; of the fraction, the zeros at its end are left out.
        const int Microseconds = 26;
        Span<byte> text = stackalloc byte[Microseconds + 7];
        instant.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        var length = text[..Microseconds].TrimEnd((byte)'0').TrimEnd((byte)'.').Length;
        text[length] = (byte)'Z';
        writer.WriteStringValue(text[..(length + 1)]);
    }

    private static DateTime? Parse(string text) =>
        Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? UtcTime.Truncate(value.UtcDateTime)
            : null;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$")]
    private static partial Regex Rfc3339();
}
