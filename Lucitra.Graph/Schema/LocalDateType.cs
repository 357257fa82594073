using System.Globalization;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Lucitra.Graph.Schema;

/// <summary>The scalar LocalDate: a day of the calendar, without a time zone.</summary>
internal sealed class LocalDateType : ScalarGraphType
{
    private const string Format = "yyyy-MM-dd";

    public LocalDateType()
    {
        Name = "LocalDate";
        Description = "A day of the calendar as ISO 8601 writes it, such as `2026-11-23`, in no time zone.";
        this.ApplyDirective(SpecifiedByDirective.DirectiveName, SpecifiedByDirective.Url, "https://scalars.graphql.org/chillicream/local-date.html");
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
        DateOnly day => day,
        _ => ThrowValueConversionError(value),
    };

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        DateOnly day => day.ToString(Format, CultureInfo.InvariantCulture),
        _ => ThrowSerializationError(value),
    };

    private static DateOnly? Parse(string text) =>
        DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
