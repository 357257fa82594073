using Google.Protobuf;
using Lucitra.Tests.Telemetry.Otlp;

namespace Lucitra.Tests.Telemetry;

internal static class SpanReading
{
    public static string Trace(this Span span) => Hex(span.TraceId);

    public static string Id(this Span span) => Hex(span.SpanId);

    public static string Parent(this Span span) => Hex(span.ParentSpanId);

    public static IEnumerable<string> LinkedSpans(this Span span) => span.Links.Select(link => Hex(link.SpanId));

    public static string? Text(this Span span, string attribute) => Text(span.Attributes, attribute);

    public static string? Text(IEnumerable<KeyValue> attributes, string key) => attributes.FirstOrDefault(one => one.Key == key)?.Value switch
    {
        null => null,
        { ValueCase: AnyValue.ValueOneofCase.IntValue, IntValue: var number } => $"{number}",
        var value => value.StringValue,
    };

    private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
