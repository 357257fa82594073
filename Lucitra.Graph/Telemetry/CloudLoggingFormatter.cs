using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Lucitra.Graph.Telemetry;

/// <summary>
/// One JSON object a line, with the members that Google Cloud lifts out of it: severity, trace, request, and what Error
/// Reporting needs. The named fields of a message are in <c>fields</c>.
/// </summary>
internal sealed class CloudLoggingFormatter(IConfiguration configuration, TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "cloud-logging";

    private const string ErrorReport = "type.googleapis.com/google.devtools.clouderrorreporting.v1beta1.ReportedErrorEvent";

    // Cloud Logging takes 256 KiB an entry.
    private const int LongestText = 64_000;

    private static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string? _project = configuration["GOOGLE_CLOUD_PROJECT"] is { Length: > 0 } project ? project : null;
    private readonly ServiceIdentity _service = ServiceIdentity.Of(configuration);

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, _json))
        {
            json.WriteStartObject();
            json.WriteString("severity", SeverityOf(logEntry.LogLevel));
            json.WriteString("time", clock.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("message", Shorten(logEntry.Formatter(logEntry.State, logEntry.Exception)));
            WriteTrace(json);
            WriteService(json);
            json.WriteStartObject("logging.googleapis.com/labels");
            json.WriteString("category", logEntry.Category);
            json.WriteEndObject();
            if (logEntry.Category == RequestLog.Category)
                WriteRequest(json, logEntry.State);
            if (logEntry.LogLevel >= LogLevel.Error)
                WriteReport(json, logEntry.Category);
            if (logEntry.Exception is { } fault)
                json.WriteString("stack_trace", FaultReport.Of(fault));
            WriteFields(json, logEntry.State);
            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private void WriteTrace(Utf8JsonWriter json)
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C } activity)
            return;

        var trace = activity.TraceId.ToHexString();
        json.WriteString("logging.googleapis.com/trace", _project is null ? trace : $"projects/{_project}/traces/{trace}");
        json.WriteString("logging.googleapis.com/spanId", activity.SpanId.ToHexString());
        json.WriteBoolean("logging.googleapis.com/trace_sampled", activity.Recorded);
    }

    private void WriteService(Utf8JsonWriter json)
    {
        json.WriteStartObject("serviceContext");
        json.WriteString("service", _service.Name);
        json.WriteString("version", _service.Version);
        json.WriteEndObject();
    }

    private static void WriteRequest<TState>(Utf8JsonWriter json, TState state)
    {
        var request = RequestLog.Read(state);
        json.WriteStartObject("httpRequest");
        json.WriteString("requestMethod", request.Method);
        json.WriteString("requestUrl", request.Route);
        json.WriteNumber("status", request.Status);
        json.WriteString("latency", string.Create(CultureInfo.InvariantCulture, $"{request.Milliseconds / 1000:0.######}s"));
        json.WriteEndObject();
    }

    // With a stack trace the report says where it happened; without one somebody has to.
    private static void WriteReport(Utf8JsonWriter json, string category)
    {
        json.WriteString("@type", ErrorReport);
        json.WriteStartObject("context");
        json.WriteStartObject("reportLocation");
        json.WriteString("filePath", category);
        json.WriteNumber("lineNumber", 0);
        json.WriteString("functionName", category);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFields<TState>(Utf8JsonWriter json, TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> { Count: > 1 } fields)
            return;

        json.WriteStartObject("fields");
        foreach (var (name, value) in fields)
        {
            if (name == "{OriginalFormat}")
                continue;
            json.WritePropertyName(name);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case Exception fault: json.WriteStringValue(FaultReport.MessageOf(fault)); break;
            default: json.WriteStringValue(Shorten(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")); break;
        }
    }

    private static string Shorten(string text) => text.Length <= LongestText ? text : text[..LongestText];

    private static string SeverityOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARNING",
        LogLevel.Error => "ERROR",
        LogLevel.Critical => "CRITICAL",
        _ => "DEFAULT",
    };
}
