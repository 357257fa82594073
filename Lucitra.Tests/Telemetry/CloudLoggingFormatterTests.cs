using System.Diagnostics;
using System.Text.Json;
using Lucitra.Graph.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Lucitra.Tests.Telemetry;

public sealed class CloudLoggingFormatterTests
{
    [Theory]
    [InlineData(LogLevel.Trace, "DEBUG")]
    [InlineData(LogLevel.Debug, "DEBUG")]
    [InlineData(LogLevel.Information, "INFO")]
    [InlineData(LogLevel.Warning, "WARNING")]
    [InlineData(LogLevel.Error, "ERROR")]
    [InlineData(LogLevel.Critical, "CRITICAL")]
    public void Levels_have_the_severities_of_cloud_logging(LogLevel level, string severity) =>
        Assert.Equal(severity, Write(level, "text").GetProperty("severity").GetString());

    [Fact]
    public void An_entry_is_one_line_with_its_time_service_category_and_fields()
    {
        var entry = Write(LogLevel.Information, "3 events\nof \"Łódź\"", null, new("Count", 3), new("Place", "Łódź"), new("Nothing", null), new("{OriginalFormat}", "{Count} events"));

        Assert.Equal("3 events\nof \"Łódź\"", entry.GetProperty("message").GetString());
        Assert.Equal("2026-10-05T08:30:00.0000000Z", entry.GetProperty("time").GetString());
        Assert.Equal("lucitra-worker", entry.GetProperty("serviceContext").GetProperty("service").GetString());
        Assert.Equal("A.Category", entry.GetProperty("logging.googleapis.com/labels").GetProperty("category").GetString());
        Assert.Equal("""{"Count":3,"Place":"Łódź","Nothing":null}""", entry.GetProperty("fields").GetRawText());
        Assert.False(entry.TryGetProperty("@type", out _));
        Assert.False(entry.TryGetProperty("logging.googleapis.com/trace", out _));
    }

    [Fact]
    public void An_entry_belongs_to_the_span_in_which_it_is_written()
    {
        using var activity = new Activity("span").SetIdFormat(ActivityIdFormat.W3C).Start();

        var entry = Write(LogLevel.Information, "text");

        Assert.Equal($"projects/a-project/traces/{activity.TraceId}", entry.GetProperty("logging.googleapis.com/trace").GetString());
        Assert.Equal($"{activity.SpanId}", entry.GetProperty("logging.googleapis.com/spanId").GetString());
        Assert.False(entry.GetProperty("logging.googleapis.com/trace_sampled").GetBoolean());
    }

    [Fact]
    public void An_error_is_a_report_without_the_messages_of_exceptions()
    {
        var entry = Write(LogLevel.Error, "Failed", Thrown());

        Assert.EndsWith("ReportedErrorEvent", entry.GetProperty("@type").GetString(), StringComparison.Ordinal);
        Assert.Equal("A.Category", entry.GetProperty("context").GetProperty("reportLocation").GetProperty("functionName").GetString());
        var stack = entry.GetProperty("stack_trace").GetString()!;
        Assert.StartsWith("System.InvalidOperationException: [message withheld]", stack, StringComparison.Ordinal);
        Assert.Contains("\n ---> System.FormatException: [message withheld]", stack, StringComparison.Ordinal);
        Assert.Contains($"\n   at {typeof(CloudLoggingFormatterTests).FullName}.{nameof(Thrown)}", stack, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@example.com", entry.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_stays_below_what_cloud_logging_takes()
    {
        var entry = Write(LogLevel.Error, new string('a', 300_000), null, new("Field", new string('b', 300_000)), new("{OriginalFormat}", ""));

        Assert.InRange(entry.GetRawText().Length, 100_000, 256 * 1024);
    }

    private static Exception Thrown()
    {
        try
        {
            throw new InvalidOperationException("of ada@example.com", new FormatException("'ada@example.com' is no number"));
        }
        catch (InvalidOperationException fault)
        {
            return fault;
        }
    }

    private static JsonElement Write(LogLevel level, string message, Exception? fault = null, params KeyValuePair<string, object?>[] fields)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["GOOGLE_CLOUD_PROJECT"] = "a-project", ["K_SERVICE"] = "lucitra-worker" })
            .Build();
        var formatter = new CloudLoggingFormatter(configuration, new FakeTimeProvider(new DateTimeOffset(2026, 10, 5, 8, 30, 0, TimeSpan.Zero)));
        using var output = new StringWriter();

        formatter.Write(new LogEntry<KeyValuePair<string, object?>[]>(level, "A.Category", default, fields, fault, (_, _) => message), null, output);

        Assert.Equal(1, output.ToString().Count(letter => letter == '\n'));
        return JsonElement.Parse(output.ToString());
    }
}
